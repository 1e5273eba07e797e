import { describe, expect, it } from 'vitest';
import { level, v2 } from '../test/frames.ts';
import { VECTORS } from '../test/vectors.ts';
import { viewOf } from './analytics.ts';
import { checkIntegrity, explainChecksum, formatChecksumReport, L2Book } from './index.ts';

const started = (): L2Book => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
  expect(book.apply(v2('snapshot', VECTORS[0]!))).toBe('verified');
  return book;
};

describe('reading an L2 book', () => {
  it('gives numbers and scaled integers by rank', () => {
    const book = started();
    expect(book.priceNumber('bids', 0)).toBe(45283.5);
    expect(book.quantityNumber('asks', 9)).toBe(0.18772827);
    expect([book.priceTicks('asks', 0), book.quantityLots('bids', 1)]).toEqual([452852, 154582015]);
    for (const rank of [-1, 10]) {
      expect(book.priceNumber('bids', rank)).toBeUndefined();
      expect(book.quantityLots('asks', rank)).toBeUndefined();
    }
  });

  it('fills an array of the caller with the best levels', () => {
    const book = started();
    const into = new Float64Array(5);
    expect(book.readNumbers('bids', into)).toBe(2);
    expect([...into.subarray(0, 4)]).toEqual([45283.5, 0.1, 45283.4, 1.54582015]);
    expect(book.readTicks('asks', into)).toBe(2);
    expect([...into.subarray(0, 4)]).toEqual([452852, 100000, 452864, 154571953]);
    expect(book.readNumbers('asks', new Float64Array(100))).toBe(10);
  });

  it('gives bigints beyond 2^53 and nearest doubles', () => {
    const book = new L2Book({ depth: 10 });
    const bids = [level('1.5 90071992547409.93000001'), level('1.4 1.00000000')];
    book.applySnapshot({ bids, asks: [level('90071992547409.931 1.00000000')] });
    expect(book.quantityLots('bids', 0)).toBe(9007199254740993000001n);
    expect(book.quantityNumber('bids', 0)).toBe(Number('90071992547409.93'));
    expect(book.quantityLots('bids', 1)).toBe(100000000);
    expect(book.priceTicks('asks', 0)).toBe(90071992547409931n);
    expect(book.readTicks('bids', new Float64Array(2))).toBe(-1);
    expect(book.readNumbers('bids', new Float64Array(2))).toBe(1);
  });
});

describe('toSnapshot and fromSnapshot', () => {
  it('make the same book, as verified as it was', () => {
    const book = started();
    const copy = L2Book.fromSnapshot(structuredClone(book.toSnapshot()));
    expect(copy.toSnapshot()).toEqual(book.toSnapshot());
    expect(copy.verified).toBe(true);
    expect(copy.apply(v2('update', { bids: ['45283.5 0.00000000'], checksum: 1 }))).toBe(
      'mismatch',
    );
    const doubtful = L2Book.fromSnapshot(copy.toSnapshot());
    expect([doubtful.verified, doubtful.checksum()]).toEqual([false, copy.checksum()]);
  });

  it('keep a precision that no level shows', () => {
    const book = new L2Book({ depth: 10, pricePrecision: 3 });
    book.applySnapshot({ bids: [level('1.5 1')], asks: [] });
    const copy = L2Book.fromSnapshot(book.toSnapshot());
    expect([copy.pricePrecision, copy.quantityPrecision]).toEqual([3, 0]);
    expect(L2Book.fromSnapshot(new L2Book({ depth: 5 }).toSnapshot()).awaitingSnapshot).toBe(true);
  });

  it('refuse levels without their checksum', () => {
    const snapshot = { ...started().toSnapshot(), bids: [] };
    expect(() => L2Book.fromSnapshot(snapshot)).toThrow('changed or cut');
  });
});

describe('explainChecksum', () => {
  it('takes the text apart, level by level', () => {
    const report = explainChecksum(started());
    expect(report).toMatchObject({ symbol: 'BTC/USD', computed: 3310070434, matched: true });
    expect(report.text).toHaveLength(281);
    expect(report.parts).toHaveLength(20);
    expect(report.parts[0]).toEqual({
      side: 'asks',
      rank: 0,
      price: '45285.2',
      quantity: '0.00100000',
      digits: '452852100000',
    });
  });

  it('is a text for a log', () => {
    const book = started();
    book.apply(v2('update', { asks: ['45285.2 0.00000000'], checksum: 7 }));
    const lines = formatChecksumReport(explainChecksum(book)).split('\n');
    expect(lines[0]).toMatch(/^BTC\/USD: computed \d+ does not match expected 7$/);
    expect(lines[1]).toBe('ask 0  45286.4 x 1.54571953  452864154571953');
    expect(lines).toHaveLength(20);
    expect(formatChecksumReport(explainChecksum(new L2Book({ depth: 1 })))).toBe(
      'book: computed 0 does not match expected none',
    );
  });
});

describe('checkIntegrity', () => {
  it('finds nothing in a sound book', () => {
    expect(checkIntegrity(started())).toEqual([]);
    expect(checkIntegrity(new L2Book({ depth: 1 }))).toEqual([]);
  });

  it('reports a crossed and a locked book and repairs neither', () => {
    const book = started();
    book.applyUpdate({ bids: [level('45285.2 1')], asks: [] });
    expect(checkIntegrity(book).map(({ kind }) => kind)).toEqual(['locked']);
    book.applyUpdate({ bids: [level('45285.3 1')], asks: [] });
    expect(checkIntegrity(book).map(({ kind }) => kind)).toEqual(['crossed']);
    expect(book.bidCount).toBe(10);
  });

  it('reports disorder, empty levels and too many', () => {
    const bids = ['1.0 1', '2.0 1', '2.00 0'].map(level);
    const issues = checkIntegrity({ ...viewOf({ bids, asks: [] }), depth: 2 });
    expect(issues).toEqual([
      { kind: 'overDepth', side: 'bids', count: 3 },
      { kind: 'unsorted', side: 'bids', rank: 1 },
      { kind: 'unsorted', side: 'bids', rank: 2 },
      { kind: 'emptyLevel', side: 'bids', rank: 2 },
    ]);
  });
});
