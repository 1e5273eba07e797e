import { join } from 'node:path';
import type { L2Snapshot } from '@kr/orderbook';
import { writeFileAtomic } from './atomic-file.ts';

/** What is asked of a book: an `L2Book`, or anything that can say how it stands. */
export interface SnapshotSource {
  toSnapshot(): L2Snapshot;
}

/**
 * Rewrites `L2_live_orderbooks.json` in a directory: every book as it stands, by symbol, prices and
 * quantities as texts. A reader never finds half of it.
 */
export async function writeLiveBooks(
  directory: string,
  books: ReadonlyMap<string, SnapshotSource>,
  at: string,
): Promise<void> {
  const entries = [...books].map(([symbol, book]) => {
    const { bids, asks, checksum, verified, depth } = book.toSnapshot();
    return [
      symbol,
      { timestamp: at, depth, verified, checksum, bids: pairs(bids), asks: pairs(asks) },
    ];
  });
  const text = `${JSON.stringify(Object.fromEntries(entries))}\n`;
  await writeFileAtomic(join(directory, 'L2_live_orderbooks.json'), text);
}

function pairs(levels: L2Snapshot['bids']): [string, string][] {
  return levels.map(({ price, quantity }) => [price, quantity]);
}
