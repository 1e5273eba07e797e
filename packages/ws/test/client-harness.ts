import type { GapEvent } from '@kr/schemas/shared';
import type { ClientOptions } from '../src/client/client.ts';
import type { StateEvent } from '../src/connection/connection-state.ts';
import { type Client, createClient } from '../src/index.ts';
import { ManualTime } from './manual-time.ts';

/** A client under test, with what it told, and time in the test's hand. */
export class ClientHarness implements AsyncDisposable {
  readonly time = new ManualTime();
  readonly states: StateEvent[] = [];
  readonly gaps: GapEvent[] = [];
  readonly client: Client;
  #waiting: (() => void)[] = [];

  constructor(options: Pick<ClientOptions, 'url'> & Partial<ClientOptions>) {
    this.client = createClient({
      clock: this.time,
      timers: this.time,
      random: () => 0.5,
      ...options,
      onState: (event) => {
        this.states.push(event);
        options.onState?.(event);
        this.wake();
      },
      onGap: (gap) => {
        this.gaps.push(gap);
        options.onGap?.(gap);
        this.wake();
      },
    });
  }

  /** `disconnect book A/USD opens` */
  get told(): string[] {
    return this.gaps.map(({ reason, channel, symbols, to }) =>
      [reason, channel, ...symbols, to === undefined ? 'opens' : 'closes'].join(' '),
    );
  }

  /** Waits until something that was told, or that woke it, is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  async reaches(state: StateEvent['to'], times = 1): Promise<void> {
    await this.until(() => this.states.filter(({ to }) => to === state).length >= times);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.client.close();
    await this.time.advance(20_000);
    await closed;
  }
}
