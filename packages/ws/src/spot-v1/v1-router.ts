import type { FrameRouter, Visit } from '../protocol/protocol.ts';
import type { Target } from '../subscriptions/subscription.ts';
import { isSnapshot, tailOf } from './frame-tail.ts';

/** Finds the subscription of a v1 frame by the channel and the pair at its end. */
export class V1Router<T> implements FrameRouter<T> {
  readonly #values = new Map<string, T>();

  set(channel: string, symbol: Target, value: T): void {
    this.#values.set(keyOf(channel, symbol), value);
  }

  delete(channel: string, symbol: Target): void {
    this.#values.delete(keyOf(channel, symbol));
  }

  route(bytes: Uint8Array, visit: Visit<T>): void {
    const tail = tailOf(bytes);
    if (tail === undefined) return;
    const value = this.#values.get(keyOf(tail.channel, tail.pair));
    if (value !== undefined) visit(value, isSnapshot(bytes, tail));
  }
}

function keyOf(channel: string, symbol: Target): string {
  return `${channel} ${symbol ?? ''}`;
}
