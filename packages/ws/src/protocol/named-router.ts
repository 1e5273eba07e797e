import type { Target } from '../subscriptions/subscription.ts';
import type { FrameRouter, Visit } from './protocol.ts';

/** What a frame says that it is about. */
export interface Subject {
  readonly channel: string;
  readonly symbol: Target;
  readonly isSnapshot: boolean;
}

/** Finds the subscription of a frame that names one: by channel and symbol, or by a channel of all symbols. */
export class NamedRouter<T> implements FrameRouter<T> {
  readonly #subjectOf: (bytes: Uint8Array) => Subject | undefined;
  readonly #values = new Map<string, T>();

  constructor(subjectOf: (bytes: Uint8Array) => Subject | undefined) {
    this.#subjectOf = subjectOf;
  }

  set(channel: string, symbol: Target, value: T): void {
    this.#values.set(keyOf(channel, symbol), value);
  }

  delete(channel: string, symbol: Target): void {
    this.#values.delete(keyOf(channel, symbol));
  }

  route(bytes: Uint8Array, visit: Visit<T>): void {
    const subject = this.#subjectOf(bytes);
    if (subject === undefined) return;
    const { channel, symbol, isSnapshot } = subject;
    const value =
      this.#values.get(keyOf(channel, symbol)) ?? this.#values.get(keyOf(channel, undefined));
    if (value !== undefined) visit(value, isSnapshot);
  }
}

function keyOf(channel: string, symbol: Target): string {
  return `${channel} ${symbol ?? ''}`;
}
