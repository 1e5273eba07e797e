import { textOf, type WireParams } from './request-params.ts';
import { SpotRefusal } from './spot-refusal.ts';

export interface PublicTrade {
  readonly price: string;
  readonly quantity: string;
  /** Nanoseconds: the cursor of `since`. */
  readonly atNs: bigint;
  readonly id: number;
}

/** The instruments of this sandbox, as AssetPairs prints them. */
const BTC_USD = {
  altname: 'XBTUSD',
  wsname: 'XBT/USD',
  aclass_base: 'currency',
  base: 'XXBT',
  aclass_quote: 'currency',
  quote: 'ZUSD',
  lot: 'unit',
  cost_decimals: 5,
  pair_decimals: 1,
  lot_decimals: 8,
  lot_multiplier: 1,
  leverage_buy: [2, 3],
  leverage_sell: [2, 3],
  fees: [[0, 0.4]],
  fees_maker: [[0, 0.25]],
  fee_volume_currency: 'ZUSD',
  margin_call: 80,
  margin_stop: 40,
  ordermin: '0.0001',
  costmin: '0.5',
  tick_size: '0.1',
  status: 'online',
} as const;

const PAIRS = {
  XXBTZUSD: BTC_USD,
  XETHZUSD: {
    ...BTC_USD,
    altname: 'ETHUSD',
    wsname: 'ETH/USD',
    base: 'XETH',
    pair_decimals: 2,
    ordermin: '0.002',
    tick_size: '0.01',
  },
  XDGUSD: {
    ...BTC_USD,
    altname: 'XDGUSD',
    wsname: 'XDG/USD',
    base: 'XXDG',
    pair_decimals: 7,
    ordermin: '13',
    tick_size: '0.0000001',
  },
} as const;

const CANONICAL: Readonly<Record<string, string>> = { XBT: 'BTC', XDG: 'DOGE' };

/** By id, altname or `BASE/QUOTE`. */
export function pairBody(name: string) {
  return Object.entries(PAIRS).find(([id, { altname, wsname }]) => {
    const [base = '', quote = ''] = wsname.split('/');
    return [id, altname, wsname, `${CANONICAL[base] ?? base}/${quote}`].includes(name);
  })?.[1];
}

/** The public endpoints that this sandbox answers; `undefined` for the others. */
export function publicResult(
  name: string,
  params: WireParams,
  { wallNs, trades }: { readonly wallNs: bigint; readonly trades: readonly PublicTrade[] },
): unknown {
  const date = new Date(Number(wallNs / 1_000_000n));
  switch (name) {
    case 'Time':
      return { unixtime: Number(wallNs / 1_000_000_000n), rfc1123: date.toUTCString() };
    case 'SystemStatus':
      return { status: 'online', timestamp: date.toISOString() };
    case 'AssetPairs':
      return pairs(textOf(params['pair']));
    case 'Trades':
      return tradesAfter(params, trades);
    default:
      return undefined;
  }
}

/** Those that a comma-separated list names, or all of them. */
function pairs(list: string | undefined): unknown {
  if (list === undefined) return PAIRS;
  const bodies = list.split(',').map((name) => pairBody(name.trim()));
  if (bodies.includes(undefined)) return new SpotRefusal('EQuery:Unknown asset pair');
  return Object.fromEntries(Object.entries(PAIRS).filter(([, body]) => bodies.includes(body)));
}

function tradesAfter(params: WireParams, trades: readonly PublicTrade[]): unknown {
  const since = BigInt(textOf(params['since']) ?? '0');
  const shown = trades.filter(({ atNs }) => atNs > since).slice(0, Number(params['count'] ?? 1000));
  return {
    XXBTZUSD: shown.map(({ price, quantity, atNs, id }) => [
      price,
      quantity,
      Number(atNs) / 1e9,
      'b',
      'l',
      '',
      id,
    ]),
    last: String(shown.at(-1)?.atNs ?? since),
  };
}
