import { crcShift } from './crc32.ts';
import type { OrderStore } from './order-store.ts';

/** A queue whose CRC must be made anew from its orders. */
export const STALE = -1;

/** The orders of one price, first in the queue first: a chain of slots (order-store.ts). */
export interface OrderQueue {
  isAsk: boolean;
  key: number;
  keyTail: number;
  first: number;
  last: number;
  count: number;
  /** The CRC of its orders' digits from register 0, and how many digits, or STALE. */
  crc: number;
  length: number;
}

/** An order joins the end of its queue. */
export function appendOrder(orders: OrderStore, queue: OrderQueue, slot: number): void {
  const { last } = queue;
  orders.previous[slot] = last;
  orders.next[slot] = 0;
  if (last === 0) queue.first = slot;
  else orders.next[last] = slot;
  queue.last = slot;
  queue.count++;
  if (queue.length === STALE) return;
  const digits = orders.lengths[slot]!;
  queue.crc = crcShift(queue.crc, digits) ^ orders.crcs[slot]!;
  queue.length += digits;
}

/** An order leaves its queue, and the store. The queue's CRC is the caller's. */
export function removeOrder(orders: OrderStore, queue: OrderQueue, slot: number): void {
  const previous = orders.previous[slot]!;
  const next = orders.next[slot]!;
  if (previous === 0) queue.first = next;
  else orders.next[previous] = next;
  if (next === 0) queue.last = previous;
  else orders.previous[next] = previous;
  orders.remove(slot);
  queue.count--;
}

/** Makes the CRC of a queue anew. */
export function refreshQueue(orders: OrderStore, queue: OrderQueue): void {
  const { crcs, lengths, next } = orders;
  let register = 0;
  let total = 0;
  for (let slot = queue.first; slot !== 0; slot = next[slot]!) {
    const digits = lengths[slot]!;
    register = crcShift(register, digits) ^ crcs[slot]!;
    total += digits;
  }
  queue.crc = register;
  queue.length = total;
}

/** The slots of a queue, first first. */
export function slotsOf({ next }: OrderStore, queue: OrderQueue): number[] {
  const slots: number[] = [];
  for (let slot = queue.first; slot !== 0; slot = next[slot]!) slots.push(slot);
  return slots;
}
