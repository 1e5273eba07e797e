import { describe, expect, it } from 'vitest';
import { level3, v2 } from '../test/frames.ts';
import { L3_ASKS, L3_BIDS } from '../test/l3-vector.ts';
import { VECTORS } from '../test/vectors.ts';
import { BOOK_CHANNEL } from './book-channel.ts';
import { SCANNED, scanFrame } from './frame-scan.ts';
import { L2Book, L3Book } from './index.ts';
import { LEVEL3_CHANNEL } from './level3-channel.ts';

// The parser reads whatever the scan leaves, to the same result: only here it shows which did.
const SYMBOL = Buffer.from('BTC/USD');

describe('the scan takes itself what Kraken prints', () => {
  const order = L3_BIDS[3]!;
  const options = { symbol: 'BTC/USD', depth: 10 };

  it.each([
    ['a snapshot', v2('snapshot', VECTORS[0]!)],
    ['a snapshot without a time', v2('snapshot', { ...VECTORS[0]!, timestamp: null })],
    ['an update', v2('update', { bids: ['45283.5 0.10000000'], asks: ['45285.2 0.00000000'] })],
  ])('%s of levels', (_, frame) => {
    const book = new L2Book(options);
    book.apply(v2('snapshot', VECTORS[0]!));
    const bytes = Buffer.from(frame);
    expect(scanFrame(bytes, bytes.length, BOOK_CHANNEL, SYMBOL, book)).toBe(SCANNED);
  });

  it.each([
    ['a snapshot', level3('snapshot', { bids: L3_BIDS, asks: L3_ASKS, checksum: 1 })],
    [
      'an update',
      level3('update', {
        bids: [
          { ...order, event: 'add' },
          { ...order, event: 'modify' },
        ],
        asks: [{ ...order, event: 'delete' }],
        checksum: 1,
      }),
    ],
  ])('%s of orders', (_, frame) => {
    const book = new L3Book(options);
    book.apply(level3('snapshot', { bids: L3_BIDS, asks: L3_ASKS, checksum: 1 }));
    const bytes = Buffer.from(frame);
    expect(scanFrame(bytes, bytes.length, LEVEL3_CHANNEL, SYMBOL, book)).toBe(SCANNED);
  });
});
