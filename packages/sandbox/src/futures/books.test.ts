import { expect, it } from 'vitest';
import { WatchedBook } from '../../test/futures-books.ts';
import { FuturesTraders } from '../../test/futures-traders.ts';

it('books of contracts are the exchange’s after every batch, and their sequences have no hole', async () => {
  const traders = new FuturesTraders('books', 4);
  const books = [...traders.desk.exchange.markets.values()].map(
    (market) => new WatchedBook(traders, market),
  );
  for (let step = 0; step < 120; step += 1) traders.step();
  await traders.close();
  for (const { faults, compared, updates } of books) {
    expect(faults).toEqual([]);
    expect(compared).toBeGreaterThan(10);
    expect(updates).toBeGreaterThan(10);
  }
}, 180_000);
