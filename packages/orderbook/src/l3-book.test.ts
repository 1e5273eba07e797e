import { describe, expect, it } from 'vitest';
import { level3 } from '../test/frames.ts';
import { L3_ASKS, L3_BIDS, L3_CHECKSUM } from '../test/l3-vector.ts';
import { explainChecksum, isOrderBookError, L3Book, type Order, type OrderEvent } from './index.ts';

const snapshot = level3('snapshot', { bids: L3_BIDS, asks: L3_ASKS, checksum: L3_CHECKSUM });
const [FIRST_ASK] = L3_ASKS as [Order];

const started = (): L3Book => {
  const book = new L3Book({ symbol: 'BTC/USD', depth: 10 });
  expect(book.apply(snapshot)).toBe('verified');
  return book;
};

const update = (side: 'bids' | 'asks', events: readonly OrderEvent[], checksum: number): string =>
  level3('update', { [side]: events, checksum });

describe('the documented example', () => {
  it('verifies as a frame, as bytes, in another layout and as orders', () => {
    const options = { symbol: 'BTC/USD', depth: 10 };
    expect(new L3Book(options).apply(snapshot)).toBe('verified');
    expect(new L3Book(options).apply(Buffer.from(snapshot))).toBe('verified');
    expect(new L3Book(options).apply(snapshot.replaceAll(',', ' , '))).toBe('verified');
    expect(new L3Book({ depth: 10 }).apply(snapshot)).toBe('verified');
    const orders = { bids: L3_BIDS, asks: L3_ASKS, checksum: L3_CHECKSUM };
    expect(new L3Book(options).applySnapshot(orders)).toBe('verified');
  });

  it('reads back every order', () => {
    const book = started();
    expect(book.orders('asks')).toEqual(L3_ASKS);
    expect(book.orders('bids')).toEqual(L3_BIDS);
    expect([book.orderCount, book.bidCount, book.askCount]).toEqual([35, 10, 10]);
    expect(book.bestAsk()).toEqual({ price: '44939.5', quantity: '4.53519654' });
    expect(book.ordersAt('bids', 1)).toEqual([L3_BIDS[8]]);
    expect([book.orderCountAt('bids', 0), book.orderCountAt('bids', 10)]).toEqual([8, 0]);
    expect(book.order('OGZCIU-RDQ77-DAAL3P')).toEqual({ ...L3_ASKS[9], side: 'asks', rank: 5 });
    expect(book.order('OGZCIU-RDQ77-DAAL3Q')).toBeUndefined();
  });

  it('has the documented text', () => {
    const report = explainChecksum(started());
    expect(report.matched).toBe(true);
    expect(report.text).toHaveLength(470);
    expect(report.parts[0]?.digits).toBe('449395452308393');
  });

  it.each<[string, 'bids' | 'asks', OrderEvent[], number]>([
    ['a deletion', 'asks', [{ ...FIRST_ASK, event: 'delete' }], 497284432],
    [
      'a modification, which keeps its place',
      'asks',
      [{ ...FIRST_ASK, event: 'modify', quantity: '2.00000000' }],
      876062589,
    ],
    [
      'an order announced again, which joins the end',
      'asks',
      [{ ...FIRST_ASK, event: 'add', quantity: '5.00000000' }],
      3149212307,
    ],
    [
      'a new level, which pushes the last one out',
      'bids',
      [
        {
          ...FIRST_ASK,
          orderId: 'OAAAAA-AAAAA-AAAAAA',
          event: 'add',
          price: '44935.0',
          quantity: '1.00000000',
        },
      ],
      1084166567,
    ],
  ])('follows %s', (_, side, events, checksum) => {
    for (const layout of [(text: string) => text, (text: string) => ` ${text}`]) {
      const book = started();
      expect(book.apply(layout(update(side, events, checksum)))).toBe('verified');
    }
    const book = started();
    expect(book.applyUpdate({ bids: [], asks: [], [side]: events, checksum })).toBe('verified');
  });
});

const add = (orderId: string, price: string, quantity: string, second: number): OrderEvent => ({
  event: 'add',
  orderId,
  price,
  quantity,
  timestamp: `2024-01-08T12:27:${String(second).padStart(2, '0')}.000000000Z`,
});

const idsAt = (book: L3Book, rank: number): string[] =>
  book.ordersAt('bids', rank).map(({ orderId }) => orderId);

const small = (orderId: string): Order => ({ orderId, price: '1.5', quantity: '2.0' });

describe('L3Book', () => {
  it.each(['as printed', 'in another layout'])(
    'queues the adds of one message by time (%s)',
    (layout) => {
      const book = started();
      const events: OrderEvent[] = [
        add('OAAAAA-AAAAA-AAAAA3', '44940.0', '1.00000000', 3),
        { event: 'delete', orderId: L3_BIDS[0]!.orderId, price: '1.0', quantity: '0.00000000' },
        add('OAAAAA-AAAAA-AAAAA1', '44940.0', '1.00000000', 1),
        add('OAAAAA-AAAAA-AAAAA2', '44940.0', '1.00000000', 2),
        add('OAAAAA-AAAAA-AAAA1B', '44940.0', '1.00000000', 1),
      ];
      const frame = update('bids', events, 1);
      expect(book.apply(layout === 'as printed' ? frame : `${frame} `)).toBe('mismatch');
      expect(idsAt(book, 0)).toEqual([
        'OAAAAA-AAAAA-AAAAA1',
        'OAAAAA-AAAAA-AAAA1B',
        'OAAAAA-AAAAA-AAAAA2',
        'OAAAAA-AAAAA-AAAAA3',
      ]);
      expect(book.order(L3_BIDS[0]!.orderId)).toBeUndefined();
      expect(book.verified).toBe(false);
    },
  );

  it('moves an order whose price was modified to the end of the other queue', () => {
    const book = started();
    const [first] = L3_BIDS as [Order];
    book.apply(update('bids', [{ ...first, event: 'modify', price: '44930.2' }], 1));
    expect(idsAt(book, 0)[0]).toBe(L3_BIDS[1]!.orderId);
    expect(idsAt(book, 3).at(-1)).toBe(first.orderId);
  });

  it('ignores and counts events of unknown orders', () => {
    const book = started();
    const event = { ...FIRST_ASK, orderId: 'OAAAAA-AAAAA-AAAAAA', event: 'modify' } as const;
    expect(book.apply(update('asks', [event, { ...event, event: 'delete' }], L3_CHECKSUM))).toBe(
      'verified',
    );
    expect([book.unknownOrders, book.orderCount]).toEqual([2, 35]);
  });

  it('takes ids of any form', () => {
    const book = new L3Book({ depth: 10 });
    const ids = [
      'a',
      'ü',
      '00000000-0000-4000-8000-000000000000',
      '0'.repeat(17),
      'ofvlaa-hrssp-bk75kb',
    ];
    book.applySnapshot({ bids: ids.map(small), asks: [] });
    expect(book.orders('bids').map(({ orderId }) => orderId)).toEqual(ids);
    const again = { ...small('a'), event: 'add' } as const;
    book.applyUpdate({ bids: [{ event: 'delete', orderId: 'a' }, again, again], asks: [] });
    expect(book.orders('bids').map(({ orderId }) => orderId)).toEqual([...ids.slice(1), 'a']);
    for (let i = 0; i < 5000; i++) {
      book.applyUpdate({ bids: [{ ...small(`id ${i}`), event: 'add' }], asks: [] });
      if (i > 5)
        book.applyUpdate({ bids: [{ event: 'delete', orderId: `id ${i - 5}` }], asks: [] });
    }
    expect(book.order('id 4999')?.quantity).toBe('2.0');
    expect(book.order('id 4000')).toBeUndefined();
    expect(book.order('ü')?.orderId).toBe('ü');
  });

  it('keeps numbers beyond 2^53, and follows a change of precision', () => {
    const book = new L3Book({ depth: 10 });
    const bids = [
      { orderId: 'x', price: '90071992547.40993', quantity: '90071992547409.93000001' },
    ];
    book.applySnapshot({ bids, asks: [] });
    expect(book.orders('bids')).toEqual([{ ...bids[0], timestamp: undefined }]);
    expect(book.bestBid()).toEqual({
      price: '90071992547.40993',
      quantity: '90071992547409.93000001',
    });
    const more = {
      event: 'add',
      orderId: 'y',
      price: '90071992547.409931',
      quantity: '1',
    } as const;
    book.applyUpdate({ bids: [more], asks: [] });
    expect(book.bids()).toEqual([
      { price: '90071992547.409931', quantity: '1.00000000' },
      { price: '90071992547.409930', quantity: '90071992547409.93000001' },
    ]);
  });

  it('is the same after toSnapshot and fromSnapshot', () => {
    const book = started();
    const copy = L3Book.fromSnapshot(structuredClone(book.toSnapshot()));
    expect(copy.toSnapshot()).toEqual(book.toSnapshot());
    expect(copy.verified).toBe(true);
    book.apply(update('asks', [{ ...FIRST_ASK, event: 'delete' }], 1));
    expect(L3Book.fromSnapshot(book.toSnapshot()).verified).toBe(false);
    const changed = { ...book.toSnapshot(), checksum: 5 };
    expect(() => L3Book.fromSnapshot(changed)).toThrow('does not have its checksum'.slice(9));
    expect(L3Book.fromSnapshot(new L3Book({ depth: 10 }).toSnapshot()).awaitingSnapshot).toBe(true);
  });

  it.each([
    '{"channel":"heartbeat"}',
    '{"channel":"book","type":"update","data":[]}',
    '{"method":"subscribe"}',
    level3('update', { symbol: 'ETH/USD', checksum: 1 }),
  ])('leaves other frames alone: %s', (frame) => {
    expect(started().apply(frame)).toBe('foreign');
  });

  it('compares a symbol beyond ASCII as text', () => {
    const book = new L3Book({ symbol: 'é/USD', depth: 10 });
    expect(book.apply(snapshot.replace('BTC/USD', 'é/USD'))).toBe('verified');
    expect(book.apply(snapshot.replace('BTC/USD', 'è/USD'))).toBe('foreign');
  });

  it('waits for a snapshot', () => {
    const book = new L3Book({ symbol: 'BTC/USD', depth: 10 });
    expect(book.apply(update('bids', [], 0))).toBe('awaitingSnapshot');
    expect(book.applyUpdate({ bids: [], asks: [] })).toBe('awaitingSnapshot');
    const used = started();
    used.clear();
    expect([used.orderCount, used.checksum(), used.awaitingSnapshot]).toEqual([0, 0, true]);
  });

  it.each([
    'x',
    '\udc00',
    snapshot.slice(0, -2),
    snapshot.replace('order_id', 'orderid'),
    snapshot.replace('4.52308393', '-4.5'),
    snapshot.replace('44939.5', '0.0'),
    snapshot.replace('"bids"', '"birds"'),
    snapshot.replace('snapshot', 'update'),
  ])('refuses malformed frames, and is not verified then (case %#)', (frame) => {
    const book = started();
    let code: unknown;
    try {
      book.apply(frame);
    } catch (error) {
      code = isOrderBookError(error) ? error.code : error;
    }
    expect(code).toBe('MALFORMED_FRAME');
    expect(book.verified).toBe(false);
    expect(book.apply(snapshot)).toBe('verified');
    expect(book.verified).toBe(true);
  });
});
