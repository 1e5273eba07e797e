import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import type { MarketSource, SourceStats, Subscriber } from '../market-source.ts';
import type { Subscription } from '../protocol/subscription.ts';
import { checkReplay, type ReplaySourceOptions } from '../replay/replay-source.ts';
import { type LiveSourceOptions, type MirrorSource, openMirror } from './mirror-source.ts';

type Options = ReplaySourceOptions | LiveSourceOptions;

/** A mirrored market that is not there before it is opened: a capture has to be read to know its instruments. */
export class LateMirror implements MarketSource {
  readonly #options: Options;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #market: MirrorSource | undefined;

  constructor(options: Options, clock: Clock, timers: Timers) {
    if (options.kind === 'replay') {
      checkReplay(options);
      if (options.closeAtEnd === true) {
        throw new SandboxError(
          'INVALID_OPTION',
          'closeAtEnd ends a replay of its own for each client, and with accounts there is one for all: leave one of the two out',
        );
      }
    }
    this.#options = options;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Throws before {@link LateMirror.open} resolved. */
  get opened(): MirrorSource {
    if (this.#market === undefined) throw new Error('the market is not open');
    return this.#market;
  }

  get stats(): SourceStats {
    if (this.#market !== undefined) return this.#market.stats;
    const { kind } = this.#options;
    const path = kind === 'replay' ? this.#options.path : '';
    return { kind, path, frames: 0, running: 0, lastError: undefined };
  }

  async open(): Promise<void> {
    this.#market = await openMirror(this.#options, this.#clock, this.#timers);
    await this.#market.open();
  }

  async close(): Promise<void> {
    await this.#market?.close();
  }

  refusal(subscription: Subscription): string | undefined {
    return this.opened.refusal(subscription);
  }

  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void {
    this.opened.attach(subscriptions, subscriber);
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    this.opened.detach(subscription, subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    this.#market?.detachAll(subscriber);
  }
}
