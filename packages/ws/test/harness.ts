import type { Frame, GapEvent } from '@kr/schemas/shared';
import type { ConnectionOptions, ProblemEvent } from '../src/connection/connection-options.ts';
import type { StateEvent } from '../src/connection/connection-state.ts';
import { createConnection } from '../src/connection/create-connection.ts';
import type { Connection } from '../src/index.ts';
import type { SubscriptionEvent } from '../src/subscriptions/subscription.ts';
import { ManualTime } from './manual-time.ts';

/** A connection under test, with everything that it told, and time in the test's hand. */
export class Harness implements AsyncDisposable {
  readonly time = new ManualTime();
  readonly frames: Frame[] = [];
  readonly states: StateEvent[] = [];
  readonly gaps: GapEvent[] = [];
  readonly subscriptions: SubscriptionEvent[] = [];
  readonly problems: ProblemEvent[] = [];
  readonly connection: Connection;
  #waiting: (() => void)[] = [];

  constructor(options: { readonly url: string } & Partial<ConnectionOptions>) {
    const keep =
      <T>(list: T[], also?: (item: T) => void) =>
      (item: T): void => {
        list.push(item);
        this.#wake();
        also?.(item);
      };
    this.connection = createConnection({
      clock: this.time,
      timers: this.time,
      random: () => 0.5,
      ...options,
      onFrame: keep(this.frames, options.onFrame),
      onState: keep(this.states, options.onState),
      onGap: keep(this.gaps, options.onGap),
      onSubscription: keep(this.subscriptions, options.onSubscription),
      onProblem: keep(this.problems, options.onProblem),
    });
  }

  /** The names of the states it went through. */
  get path(): string[] {
    return this.states.map(({ to }) => to);
  }

  /** The text of every frame. */
  get texts(): string[] {
    return this.frames.map(({ bytes }) => new TextDecoder().decode(bytes));
  }

  /** Waits until something that the connection told is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** Waits until it has come to this state as often as this. */
  async reaches(state: StateEvent['to'], times = 1): Promise<void> {
    await this.until(() => this.path.filter((name) => name === state).length >= times);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.connection.close();
    // A peer that does not answer is waited for in time that only we move.
    await this.time.advance(20_000);
    await closed;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** What a promise failed with, taken at once: it may fail long before the test looks. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
