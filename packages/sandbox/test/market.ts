import { formatMicros } from '../src/protocol/timestamp.ts';
import { BookView } from '../src/synthetic/book-view.ts';
import { DEFAULT_INSTRUMENTS } from '../src/synthetic/instruments.ts';
import { SymbolMarket } from '../src/synthetic/symbol-market.ts';

const OPEN_NS = 1_784_000_000_000_000_000n;
const STEP_NS = 10_000_000n;

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
    const instrument = DEFAULT_INSTRUMENTS.find((known) => known.symbol === symbol);
    if (instrument === undefined) throw new Error(`no instrument ${symbol}`);
    const market = new SymbolMarket(instrument, seed, OPEN_NS);
    const view = new BookView(market.book, depth);
    const time = formatMicros(OPEN_NS);
    lines.push(
      `{"method":"subscribe","result":{"channel":"book","depth":${depth},"snapshot":true,"symbol":"${symbol}"},"success":true,"time_in":"${time}","time_out":"${time}"}`,
      Buffer.from(view.snapshot(market.book.checksum(), time).bytes).toString(),
    );
    return { market, view };
  });
  for (let at = 1; at <= updates; at += 1) {
    const wallNs = OPEN_NS + BigInt(at) * STEP_NS;
    const { market, view } = books[at % books.length] as (typeof books)[number];
    const { changes } = market.step(wallNs);
    const frame = view.update(changes, market.book.checksum(), formatMicros(wallNs));
    if (frame !== undefined) lines.push(Buffer.from(frame.bytes).toString());
    if (at % 100 === 0) lines.push('{"channel":"heartbeat"}');
  }
  return lines;
}
