import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Bodies of the exchange by path, for figures that are checked against the same bodies. */
export type Bodies = Readonly<Record<string, unknown>>;

export interface FixedExchange {
  readonly url: string;
  /** Every request in its order: path and query. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** What stands at a path; a function is given the query. */
type Handler = (query: URLSearchParams) => unknown;

/**
 * A server with the bodies it was given, where a sandbox has no say in them: a market of several
 * hops, an asset that nothing leads to.
 */
export const openFixedExchange = async (bodies: Bodies): Promise<FixedExchange> => {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = bodies[url.pathname];
    const value = typeof body === 'function' ? (body as Handler)(url.searchParams) : body;
    const isFutures = !url.pathname.startsWith('/0/');
    const spot =
      value === undefined ? { error: ['EGeneral:Unknown method'] } : { error: [], result: value };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isFutures ? value : spot));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

interface InventedPair {
  /** As v1 has it: `XBT/USD`. */
  readonly wsname: string;
  readonly id: string;
  readonly altname: string;
  readonly price: string;
  readonly volume: string;
  readonly vwap: string;
  readonly trades: number;
}

/** What the exchange calls its oldest assets. */
const IDS: Readonly<Record<string, string>> = {
  XBT: 'XXBT',
  XDG: 'XXDG',
  ETH: 'XETH',
  USD: 'ZUSD',
  EUR: 'ZEUR',
  JPY: 'ZJPY',
};

const body = ({ wsname, altname }: InventedPair) => {
  const [base, quote] = wsname.split('/').map((asset) => IDS[asset] ?? asset);
  return {
    altname,
    wsname,
    aclass_base: 'currency',
    base,
    aclass_quote: 'currency',
    quote,
    pair_decimals: 1,
    lot_decimals: 8,
    leverage_buy: [],
    leverage_sell: [],
    fees: [[0, 0.4]],
    fee_volume_currency: 'ZUSD',
    margin_call: 80,
    margin_stop: 40,
    ordermin: '0.0001',
    costmin: '0.5',
    tick_size: '0.1',
    status: 'online',
  };
};

const ticker = ({ price, volume, vwap, trades }: InventedPair) => ({
  a: [price, '1', '1.000'],
  b: [price, '1', '1.000'],
  c: [price, '0.10000000'],
  v: [volume, volume],
  p: [vwap, vwap],
  t: [trades, trades],
  l: [price, price],
  h: [price, price],
  o: price,
});

const pair = (
  wsname: string,
  price: string,
  volume: string,
  trades: number,
  vwap = price,
): InventedPair => {
  const altname = wsname.replace('/', '');
  return { wsname, id: altname, altname, price, volume, vwap, trades };
};

/** Enough for two requests of 30 pairs, with names that only a table can translate. */
export const inventedPairs: readonly InventedPair[] = [
  { ...pair('XBT/USD', '64525.10000', '1234.56789012', 9000, '64000.12345'), id: 'XXBTZUSD' },
  { ...pair('XDG/USD', '0.0801234', '98765432.10000000', 800, '0.0812345'), id: 'XDGUSD' },
  pair('EUR/USD', '1.08500', '2000000.00000000', 500, '1.08410'),
  { ...pair('XBT/EUR', '59470.0', '300.50000000', 3000, '59111.1'), id: 'XXBTZEUR' },
  pair('ETH/XBT', '0.05123', '800.00000000', 700, '0.05100'),
  // Three pairs away from USD, the last of them crossed the other way round.
  pair('FAR/ETH', '0.00012', '5000000.00000000', 40),
  pair('USD/JPY', '151.234', '150000.00000000', 90, '151.100'),
  pair('ABC/JPY', '12.5', '42000.00000000', 20, '12.4'),
  // Two ways of the same length to USD: the quieter one says something else.
  pair('TWO/EUR', '2.0', '10.00000000', 5),
  pair('TWO/JPY', '999999.0', '1.00000000', 1),
  pair('NEW/TWO', '3.0', '7.00000000', 2),
  // No way to USD: an island, and a pair that never traded.
  pair('LONE/ISLE', '5.0', '100.00000000', 3),
  pair('NEVER/ZERO', '0.00000', '0.00000000', 0),
  ...Array.from({ length: 25 }, (_, at) =>
    pair(`C${at}X/USD`, `${at + 1}.00000`, `${(at + 1) * 10}.50000000`, at + 1),
  ),
];

export const assetPairs: Record<string, object> = Object.fromEntries(
  inventedPairs.map((invented) => [invented.id, body(invented)]),
);

export const tickersOf = (names: string | null): Record<string, object> => {
  const wanted = new Set((names ?? '').split(','));
  return Object.fromEntries(
    inventedPairs
      .filter(({ id, altname }) => names === null || wanted.has(id) || wanted.has(altname))
      .map((invented) => [invented.id, ticker(invented)]),
  );
};
