import { expect } from 'vitest';
import { L3Book, type OrderEvent } from '../src/index.ts';
import { level3 } from './frames.ts';
import { text } from './naive-l2.ts';
import { type NaiveEvent, NaiveL3 } from './naive-l3.ts';
import { Random } from './random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const print = ({ event: kind, order }: NaiveEvent): OrderEvent => ({
  event: kind,
  orderId: order.id,
  price: text(BigInt(order.price), 1),
  quantity: text(BigInt(order.quantity), 8),
  timestamp: order.timestamp,
});

/** One L3 book fed with random events beside the naive model. Returns the number of events. */
export function runL3Model(seed: number, messages: number): number {
  const random = new Random(seed);
  const depth = random.pick([1, 3, 10, 100]);
  const usualIds = random.chance(0.8);
  const letters = (count: number): string =>
    Array.from({ length: count }, () => LETTERS.charAt(random.below(LETTERS.length))).join('');
  const ids = Array.from({ length: 60 }, (_, i) =>
    usualIds ? `${letters(6)}-${letters(5)}-${letters(6)}` : `order ${i}`,
  );
  const framed = new L3Book({ symbol: 'BTC/USD', depth });
  const spaced = new L3Book({ symbol: 'BTC/USD', depth });
  const naive = new NaiveL3(depth);
  const timestamp = (): string => {
    const nanos = String(random.below(1e9)).padStart(9, '0');
    return `2024-01-08T12:26:${String(random.below(60)).padStart(2, '0')}.${nanos}Z`;
  };
  const event = (): NaiveEvent => ({
    event: random.pick(['add', 'add', 'modify', 'delete'] as const),
    order: {
      id: random.pick(ids),
      price: 1000 + random.below(24),
      quantity: 1 + random.below(random.pick([9, 1e5, 2 ** 50])),
      timestamp: timestamp(),
    },
  });
  let applied = 0;
  const check = (frame: string): void => {
    expect(framed.apply(Buffer.from(frame))).toBe('verified');
    expect(spaced.apply(frame.replaceAll(',', ', '))).toBe('verified');
  };
  check(level3('snapshot', { checksum: 0 }));
  for (let message = 0; message < messages; message++) {
    const bids = Array.from({ length: random.below(5) }, event);
    const asks = Array.from({ length: random.below(5) }, event);
    naive.apply({ bids, asks });
    applied += bids.length + asks.length;
    const parts = { bids: bids.map(print), asks: asks.map(print), checksum: naive.checksum() };
    check(level3('update', parts));
    if (message % 16 !== 0 && message !== messages - 1) continue;
    for (const side of ['bids', 'asks'] as const) {
      const expected = naive.orders[side].map(({ id }) => id);
      expect(framed.orders(side).map(({ orderId }) => orderId)).toEqual(expected);
      expect(framed.toSnapshot()[side]).toEqual(spaced.toSnapshot()[side]);
    }
    expect(framed.orderCount).toBe(naive.orders.bids.length + naive.orders.asks.length);
    for (const id of ids) {
      const known = [...naive.orders.bids, ...naive.orders.asks].find((order) => order.id === id);
      const quantity = known && text(BigInt(known.quantity), 8);
      expect(framed.order(id)?.quantity).toBe(quantity);
    }
  }
  return applied;
}
