import { type BookChange, Exchange } from '../src/exchange/index.ts';
import { BookView } from '../src/market-data/book-view.ts';
import type { View } from '../src/market-data/view.ts';
import { formatMicros } from '../src/protocol/timestamp.ts';
import type { SyntheticInstrument } from '../src/synthetic/instruments.ts';
import { NAMED_INSTRUMENTS } from '../src/synthetic/more-instruments.ts';
import { assetsOf } from '../src/synthetic/resolve-instruments.ts';
import { SymbolMarket } from '../src/synthetic/symbol-market.ts';

const OPEN_NS = 1_784_000_000_000_000_000n;
const STEP_NS = 10_000_000n;

/** One synthetic market alone, with an hour behind it; `step` answers what it changed. */
export function openMarket(
  instrument: SyntheticInstrument,
  seed: string,
): {
  readonly market: SymbolMarket['market'];
  readonly exchange: Exchange;
  readonly step: (nowNs: bigint) => readonly BookChange[];
} {
  let changes: readonly BookChange[] = [];
  const exchange = new Exchange({
    instruments: [instrument],
    assets: assetsOf([instrument]),
    publish: ({ markets }) => {
      changes = [...markets.values()].flatMap((each) => each.changes);
    },
  });
  const house = exchange.openAccount('house', {}, OPEN_NS, true);
  const symbolMarket = new SymbolMarket(exchange, house, instrument, seed);
  symbolMarket.open(OPEN_NS, 1);
  return {
    market: symbolMarket.market,
    exchange,
    step: (nowNs) => {
      symbolMarket.step(nowNs);
      return changes;
    },
  };
}

/** The lines of a capture as a client of the exchange would have kept it, one book step every 10 ms. */
export function createMarket(options: {
  seed: string;
  symbols: readonly string[];
  updates: number;
  depth?: number;
}): string[] {
  const { seed, symbols, updates, depth = 10 } = options;
  const lines = [
    '{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2","connection_id":18446744073709551615}]}',
  ];
  const books = symbols.map((symbol) => {
    const instrument = NAMED_INSTRUMENTS.find((known) => known.symbol === symbol);
    if (instrument === undefined) throw new Error(`no instrument ${symbol}`);
    const { market, step } = openMarket(instrument, seed);
    const view: View = new BookView(market, depth);
    const time = formatMicros(OPEN_NS);
    lines.push(
      `{"method":"subscribe","result":{"channel":"book","depth":${depth},"snapshot":true,"symbol":"${symbol}"},"success":true,"time_in":"${time}","time_out":"${time}"}`,
      Buffer.from(view.snapshot(OPEN_NS).bytes).toString(),
    );
    return { step, view };
  });
  for (let at = 1; at <= updates; at += 1) {
    const wallNs = OPEN_NS + BigInt(at) * STEP_NS;
    const { step, view } = books[at % books.length] as (typeof books)[number];
    const frame = view.update(step(wallNs), wallNs);
    if (frame !== undefined) lines.push(Buffer.from(frame.bytes).toString());
    if (at % 100 === 0) lines.push('{"channel":"heartbeat"}');
  }
  return lines;
}
