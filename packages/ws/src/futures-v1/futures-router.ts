import type { FrameRouter, Visit } from '../protocol/protocol.ts';
import type { Target } from '../subscriptions/subscription.ts';
import { headOf } from './frame-head.ts';

/** Finds the subscription of a frame by its feed and product; account feeds have no product of their own. */
export class FuturesRouter<T> implements FrameRouter<T> {
  readonly #values = new Map<string, T>();

  set(channel: string, symbol: Target, value: T): void {
    this.#values.set(keyOf(channel, symbol), value);
  }

  delete(channel: string, symbol: Target): void {
    this.#values.delete(keyOf(channel, symbol));
  }

  route(bytes: Uint8Array, visit: Visit<T>): void {
    const head = headOf(bytes);
    if (head === undefined) return;
    const { channel, product, isSnapshot } = head;
    const value =
      this.#values.get(keyOf(channel, product)) ?? this.#values.get(keyOf(channel, undefined));
    if (value !== undefined) visit(value, isSnapshot);
  }
}

function keyOf(channel: string, symbol: Target): string {
  return `${channel} ${symbol ?? ''}`;
}
