import type { Clock } from '@kr/schemas/shared';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import type { Limits } from './limits.ts';
import { RateCounter } from './rate-counter.ts';

/** What a subscription weighs. */
export interface Weighed {
  readonly channel: string;
  readonly depth?: number | undefined;
}

/** Of level3, by depth; a depth in between costs as the next. */
const COSTS = [
  [10, 5],
  [100, 25],
  [Number.POSITIVE_INFINITY, 100],
] as const;

/** The limits of one connection, and how near it is to them. */
export class ClientLimits {
  readonly #limits: Limits;
  readonly #messages: RateCounter | undefined;
  readonly #subscribe: RateCounter | undefined;
  #level3Symbols = 0;
  #subscriptions = 0;

  constructor(limits: Limits, clock: Clock) {
    const { messages, subscribe } = limits;
    this.#limits = limits;
    this.#messages = messages && new RateCounter(messages.max, clock);
    this.#subscribe = subscribe && new RateCounter(subscribe.max, clock);
  }

  /** Whether an answer about the rate stands alone. */
  get isBare(): boolean {
    return this.#limits.form !== 'ack';
  }

  /** False when a client sends messages too fast. */
  takesMessage(): boolean {
    return this.#messages?.charge(1) ?? true;
  }

  /** Why one more subscription is too much, in the exchange's words; `undefined`: it is not, and was counted. */
  admit(subscription: Weighed): string | undefined {
    const { subscriptions, level3Symbols } = this.#limits;
    const isLevel3 = subscription.channel === 'level3';
    if (subscriptions !== undefined && this.#subscriptions >= subscriptions) {
      return WIRE_ERRORS.subscriptionCount;
    }
    if (isLevel3 && level3Symbols !== undefined && this.#level3Symbols >= level3Symbols) {
      return WIRE_ERRORS.level3Count;
    }
    if (isLevel3 && this.#subscribe?.charge(costOf(subscription)) === false) {
      return WIRE_ERRORS.messageRate;
    }
    this.#subscriptions += 1;
    if (isLevel3) this.#level3Symbols += 1;
    return undefined;
  }

  /** A subscription ended. */
  release({ channel }: Weighed): void {
    this.#subscriptions -= 1;
    if (channel === 'level3') this.#level3Symbols -= 1;
  }
}

function costOf({ depth = 10 }: Weighed): number {
  return COSTS.find(([upTo]) => depth <= upTo)?.[1] ?? 0;
}
