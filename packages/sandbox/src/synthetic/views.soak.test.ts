import { L2Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { BOOK_DEPTHS } from '../protocol/subscription.ts';
import { seedBook, stepMarket } from './agents.ts';
import { BookView } from './book-view.ts';
import { DEFAULT_INSTRUMENTS } from './instruments.ts';
import { createRandom } from './random.ts';
import { SyntheticBook } from './synthetic-book.ts';

const seed = process.env['KR_SOAK_SEED'] ?? String(Date.now());
const count = Number(process.env['KR_SOAK_COUNT'] ?? 200_000);

describe(`views of the market of KR_SOAK_SEED=${seed}, KR_SOAK_COUNT=${count}`, () => {
  it.each(DEFAULT_INSTRUMENTS.map((instrument) => [instrument.symbol, instrument] as const))(
    'verify with the engine at every depth: %s',
    (symbol, instrument) => {
      const book = new SyntheticBook(instrument);
      const random = createRandom(seed);
      seedBook(book, random);
      const clients = BOOK_DEPTHS.map((depth) => {
        const view = new BookView(book, depth);
        const client = new L2Book({ symbol, depth });
        client.apply(view.snapshot(book.checksum(), '2026-07-19T17:54:39.753424Z').bytes);
        return { depth, view, client };
      });
      for (let step = 0; step < count; step += 1) {
        const { changes } = stepMarket(book, random);
        const checksum = book.checksum();
        for (const { depth, view, client } of clients) {
          const frame = view.update(changes, checksum, '2026-07-19T17:54:39.753424Z');
          const outcome = frame === undefined ? 'verified' : client.apply(frame.bytes);
          if (outcome !== 'verified') {
            throw new Error(`step ${step}, depth ${depth}: ${outcome}`);
          }
        }
      }
      for (const { depth, client } of clients) {
        expect(client.bids()).toHaveLength(Math.min(depth, book.bids.size));
        expect(client.asks()).toHaveLength(Math.min(depth, book.asks.size));
      }
    },
  );
});
