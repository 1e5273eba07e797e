import { L2Book, L3Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { openMarket } from '../../test/market.ts';
import { BookView } from '../market-data/book-view.ts';
import { OrderView } from '../market-data/order-view.ts';
import type { View } from '../market-data/view.ts';
import { BOOK_DEPTHS, ORDER_DEPTHS } from '../protocol/subscription.ts';
import { NAMED_INSTRUMENTS } from './more-instruments.ts';

const seed = process.env['KR_SOAK_SEED'] ?? String(Date.now());
const count = Number(process.env['KR_SOAK_COUNT'] ?? 20_000);
const OPEN_NS = 1_784_000_000_000_000_000n;

interface Client {
  readonly view: View;
  readonly book: L2Book | L3Book;
}

describe(`views of the market of KR_SOAK_SEED=${seed}, KR_SOAK_COUNT=${count}`, () => {
  it.each(NAMED_INSTRUMENTS.map((instrument) => [instrument.symbol, instrument] as const))(
    'verify with the engine at every depth, of levels and of orders: %s',
    (symbol, instrument) => {
      const { market, step } = openMarket(instrument, seed);
      const clients: Client[] = [
        ...BOOK_DEPTHS.map((depth) => ({
          view: new BookView(market, depth),
          book: new L2Book({ symbol, depth }),
        })),
        ...ORDER_DEPTHS.map((depth) => ({
          view: new OrderView(market, depth),
          book: new L3Book({ symbol, depth }),
        })),
      ];
      for (const { view, book } of clients) book.apply(view.snapshot(OPEN_NS).bytes);
      let frames = 0;
      for (let at = 0; at < count; at += 1) {
        const atNs = OPEN_NS + BigInt(at) * 100_000_000n;
        const changes = step(atNs);
        for (const { view, book } of clients) {
          const frame = view.update(changes, atNs);
          const outcome = frame === undefined ? 'verified' : book.apply(frame.bytes);
          if (frame !== undefined) frames += 1;
          if (outcome !== 'verified') throw new Error(`step ${at}: ${outcome}`);
        }
      }
      expect(frames).toBeGreaterThan(count);
    },
  );
});
