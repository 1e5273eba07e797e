import CRC32 from 'crc-32';
import { describe, expect, it } from 'vitest';
import { level, v2 } from '../test/frames.ts';
import { isOrderBookError, L2Book } from './index.ts';

/** The checksum of texts without their points and leading zeros, asks first. */
const checksumOf = (asks: readonly string[], bids: readonly string[]): number => {
  const digits = [...asks, ...bids].flatMap((text) =>
    text.split(' ').map((number) => number.replace('.', '').replace(/^0+/, '')),
  );
  return CRC32.str(digits.join('')) >>> 0;
};

const BIDS = ['100.0 1.00', '99.5 2.00', '99.0 3.00'];
const ASKS = ['100.5 1.50', '101.0 2.50'];
const snapshot = v2('snapshot', { bids: BIDS, asks: ASKS, checksum: checksumOf(ASKS, BIDS) });

const started = (): L2Book => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: 3 });
  expect(book.apply(snapshot)).toBe('verified');
  return book;
};

const codeOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return isOrderBookError(error) ? error.code : error;
  }
  return 'nothing thrown';
};

describe('L2Book', () => {
  it('reads back what the wire printed, best first', () => {
    const book = started();
    expect(book.bestBid()).toEqual(level('100.0 1.00'));
    expect(book.bestAsk()).toEqual(level('100.5 1.50'));
    expect(book.bids()).toEqual(BIDS.map(level));
    expect(book.asks(1)).toEqual([level('100.5 1.50')]);
    expect([book.bidCount, book.askCount]).toEqual([3, 2]);
    expect([book.pricePrecision, book.quantityPrecision]).toEqual([1, 2]);
  });

  it('applies entries in array order, the same price twice', () => {
    const book = started();
    const bids = ['99.5 0.00', '99.5 7.00', '100.0 5.00', '100.0 6.00'];
    const after = ['100.0 6.00', '99.5 7.00', '99.0 3.00'];
    expect(book.apply(v2('update', { bids, checksum: checksumOf(ASKS, after) }))).toBe('verified');
    expect(book.bids()).toEqual(after.map(level));
  });

  it.each([
    ['inserts first', ['100.2 9.00', '99.5 0.00']],
    ['removals first', ['99.5 0.00', '100.2 9.00']],
  ])('cuts to the depth only after the whole message: %s', (_, bids) => {
    const book = started();
    const after = ['100.2 9.00', '100.0 1.00', '99.0 3.00'];
    expect(book.apply(v2('update', { bids, checksum: checksumOf(ASKS, after) }))).toBe('verified');
    expect(book.bids()).toEqual(after.map(level));
  });

  it('drops what falls out of the depth', () => {
    const book = started();
    const after = ['100.4 1.00', '100.0 1.00', '99.5 2.00'];
    const update = v2('update', { bids: ['100.4 1.00'], checksum: checksumOf(ASKS, after) });
    expect(book.apply(update)).toBe('verified');
    expect(book.bids().map(({ price }) => price)).toEqual(['100.4', '100.0', '99.5']);
  });

  it('ignores and counts the removal of an unknown level', () => {
    const book = started();
    const update = v2('update', { asks: ['105.0 0.00'], checksum: checksumOf(ASKS, BIDS) });
    expect(book.apply(update)).toBe('verified');
    expect(book.unknownRemovals).toBe(1);
  });

  it('holds an empty side and an empty book, whose checksum is 0', () => {
    const book = started();
    const bids = BIDS.map((text) => text.replace(/ .*/, ' 0.00'));
    expect(book.apply(v2('update', { bids, checksum: checksumOf(ASKS, []) }))).toBe('verified');
    expect(book.bestBid()).toBeUndefined();
    expect(book.apply(v2('snapshot', { checksum: 0 }))).toBe('verified');
    expect([book.bids(), book.asks(), book.checksum()]).toEqual([[], [], 0]);
  });

  it('does not apply an update before a snapshot', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 3 });
    expect(book.apply(v2('update', { bids: ['1.0 1.0'] }))).toBe('awaitingSnapshot');
    expect(book.applyUpdate({ bids: [level('1.0 1.0')], asks: [] })).toBe('awaitingSnapshot');
    expect([book.bidCount, book.awaitingSnapshot]).toEqual([0, true]);
  });

  it('stays unverified after a mismatch until a snapshot verifies', () => {
    const book = started();
    expect(book.apply(v2('update', { bids: ['99.5 1.00'], checksum: 1 }))).toBe('mismatch');
    expect([book.verified, book.expectedChecksum]).toEqual([false, 1]);
    const undo = v2('update', { bids: ['99.5 2.00'], checksum: checksumOf(ASKS, BIDS) });
    expect(book.apply(undo)).toBe('verified');
    expect(book.verified).toBe(false);
    expect(book.apply(snapshot)).toBe('verified');
    expect(book.verified).toBe(true);
  });

  it('replaces everything by a snapshot', () => {
    const book = started();
    expect(
      book.apply(v2('snapshot', { asks: ['7.1 1.00'], checksum: checksumOf(['7.1 1.00'], []) })),
    ).toBe('verified');
    expect([book.bids(), book.asks()]).toEqual([[], [level('7.1 1.00')]]);
  });

  it('forgets by clear()', () => {
    const book = started();
    book.clear();
    expect([book.verified, book.bidCount, book.checksum(), book.symbol]).toEqual([
      false,
      0,
      0,
      'BTC/USD',
    ]);
    expect(book.apply(v2('update', { bids: ['1.0 1.0'] }))).toBe('awaitingSnapshot');
  });
});

describe('frames that are not for a book', () => {
  it.each([
    '{"channel":"heartbeat"}',
    '{"channel":"status","type":"update","data":[]}',
    '{"method":"subscribe","success":true}',
    '{ "channel" : "trade" }',
    '{"event":"heartbeat"}',
    '[]',
    '[336,{"c":["1.0","1"]},"ticker","XBT/USD"]',
    '[336,{"b":[["1.0","1.0","1.0"]],"c":"1"},"book-10","BTC/USD"]',
    '[336,{"b":[["1.0","1.0","1.0"]],"c":"1"},"book-3","ETH/USD"]',
    v2('update', { symbol: 'ETH/USD' }),
    v2('update', { symbol: 'BTC/USDT' }),
    v2('update', { symbol: 'BTC' }),
    'null',
  ])('are foreign: %s', (frame) => {
    const book = started();
    expect(book.apply(frame)).toBe('foreign');
    expect(book.verified).toBe(true);
  });

  it('knows its symbol behind an escape', () => {
    expect(started().apply(snapshot.replace('BTC/USD', String.raw`BTC\/USD`))).toBe('verified');
    expect(started().apply(snapshot.replace('BTC/USD', String.raw`\u0042TC/USD`))).toBe('verified');
    expect(started().apply(snapshot.replace('BTC/USD', String.raw`ETH\/USD`))).toBe('foreign');
  });
});

describe('a symbol beyond ASCII', () => {
  it('is compared as text', () => {
    const book = new L2Book({ symbol: 'é/USD', depth: 3 });
    const frame = snapshot.replace('BTC/USD', 'é/USD');
    expect(book.apply(frame)).toBe('verified');
    expect(book.apply(Buffer.from(frame))).toBe('verified');
    expect(book.apply(snapshot.replace('BTC/USD', 'è/USD'))).toBe('foreign');
  });
});

describe('malformed frames', () => {
  it.each([
    '',
    'hello',
    snapshot.slice(0, -1),
    snapshot.slice(0, 120),
    `${snapshot}}`,
    snapshot.replace('"bids"', '"birds"'),
    snapshot.replace('snapshot', 'snapshoot'),
    snapshot.replace('100.0', '0100.0'),
    snapshot.replace('100.0', '-100.0'),
    snapshot.replace('100.0', '100.'),
    snapshot.replace('100.0', '0.0'),
    snapshot.replace('100.0', '"x"'),
    snapshot.replace('100.0', `1${'0'.repeat(40)}.0`),
    snapshot.replace(/"checksum":\d+/, '"checksum":-1'),
    snapshot.replace(/"checksum":\d+/, '"checksum":4294967296'),
    snapshot.replace(/"checksum":\d+/, '"checksum":1.5'),
    '[336,{"b":[["1.0","x","1.0"]],"c":"1"},"book-3","BTC/USD"]',
    '[336,{"c":"1"},"book-3","BTC/USD"]',
    '['.repeat(100_000),
    '\ud800',
  ])('throw MALFORMED_FRAME and leave a book that only a snapshot verifies (case %#)', (frame) => {
    const book = started();
    expect(codeOf(() => book.apply(frame))).toBe('MALFORMED_FRAME');
    expect(book.verified).toBe(false);
    const same = v2('update', { checksum: book.checksum() });
    expect([book.apply(same), book.verified]).toEqual(['verified', false]);
    expect(book.apply(snapshot)).toBe('verified');
    expect(book.verified).toBe(true);
  });

  it('are told apart from malformed levels of a caller', () => {
    const bids = [level('1.0 -1')];
    expect(codeOf(() => started().applyUpdate({ bids, asks: [] }))).toBe('INVALID_LEVEL');
  });
});

describe('options', () => {
  it.each([
    { depth: 0 },
    { depth: 1.5 },
    { depth: 10_001 },
    { depth: 10, pricePrecision: 19 },
    { depth: 10, quantityPrecision: -1 },
  ])('are refused: %j', (options) => {
    expect(codeOf(() => new L2Book(options))).toBe('INVALID_OPTION');
  });
});

describe('the v1 feed', () => {
  const book = new L2Book({ symbol: 'XBT/USD', depth: 10 });

  it('starts unchecked: its snapshots carry no checksum', () => {
    const frame =
      '[1234,{"as":[["5541.30000","2.50700000","1534614248.123678"]],' +
      '"bs":[["5541.20000","1.52900000","1534614248.765567"]]},"book-10","XBT/USD"]';
    expect(book.apply(frame)).toBe('unchecked');
    expect([book.verified, book.expectedChecksum]).toEqual([false, undefined]);
  });

  it('takes two objects in one message, the checksum in the last, and the r flag', () => {
    const asks = ['5541.30000 2.50700000', '5542.50000 0.40100000'];
    const checksum = checksumOf(asks, []);
    const frame =
      '[1234,{"a":[["5541.30000","2.50700000","1534614248.456738"],' +
      '["5542.50000","0.40100000","1534614248.456738","r"]]},' +
      `{"b":[["5541.20000","0.00000000","1534614335.345903"]],"c":"${checksum}"},"book-10","XBT/USD"]`;
    expect(book.apply(frame)).toBe('verified');
    expect(book.verified).toBe(true);
    expect(book.asks()).toEqual(asks.map(level));
    expect(book.bids()).toEqual([]);
  });
});

describe('precision', () => {
  it('grows when the wire shows more decimals', () => {
    const book = started();
    const after = ['100.05 9.00', '100.00 1.00', '99.50 2.00'];
    const asks = ['100.50 1.50', '101.00 2.50'];
    const update = v2('update', { bids: ['100.05 9.00'], checksum: checksumOf(asks, after) });
    expect(book.apply(update)).toBe('verified');
    expect(book.bids()).toEqual(after.map(level));
    expect(book.pricePrecision).toBe(2);
  });

  it('shrinks when the checksum says so, and not when zeros were dropped', () => {
    const book = started();
    const dropped = ['100.0 9.00', '99.5 2.00', '99.0 3.00'];
    const update = v2('update', { bids: ['100 9'], checksum: checksumOf(ASKS, dropped) });
    expect(book.apply(update)).toBe('verified');
    expect(book.quantityPrecision).toBe(2);
    const fewer = ['100.0 9.0', '99.5 2.0', '99.0 4.0'];
    const next = v2('update', {
      bids: ['99.0 4.0'],
      checksum: checksumOf(['100.5 1.5', '101.0 2.5'], fewer),
    });
    expect(book.apply(next)).toBe('verified');
    expect(book.quantityPrecision).toBe(1);
    expect(book.bids()).toEqual(fewer.map(level));
  });

  it('keeps quantities and prices beyond 2^53 to the last digit', () => {
    const asks = ['0.00001234 90071992.54740993', '0.00001235 90071992547409.93000001'];
    const bids = [
      '90071992.54740993 1.00000000',
      '90071992.54740992 1.00000000',
      '0.00000001 0.00000001',
    ];
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    expect(book.apply(v2('snapshot', { asks, bids, checksum: checksumOf(asks, bids) }))).toBe(
      'verified',
    );
    expect(book.asks()).toEqual(asks.map(level));
    expect(book.bids()).toEqual(bids.map(level));
    const update = v2('update', {
      bids: ['90071992.54740992 0.00000000'],
      checksum: checksumOf(asks, [bids[0]!, bids[2]!]),
    });
    expect(book.apply(update)).toBe('verified');
    expect(book.bids()).toEqual([bids[0]!, bids[2]!].map(level));
  });
});
