import type { Clock, Timers } from '@kr/schemas/shared';
import type { Subscriber } from '../market-source.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { readCapture } from './capture.ts';
import { type CaptureFrame, wants } from './capture-frame.ts';

export interface ReplayCursorOptions {
  readonly path: string;
  /** Times the captured pace, or as fast as the client reads. */
  readonly speed: number | 'max';
  readonly loop: boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly subscriber: Subscriber;
  readonly subscriptions: readonly Subscription[];
}

/** What is sent in one write at most, before the client's back-pressure is asked. */
const BATCH_FRAMES = 256;
const BATCH_BYTES = 262_144;

/**
 * One pass of a capture for what one request subscribed. The first frame goes out at once and the
 * others as far after it as they were captured, divided by the speed.
 */
export class ReplayCursor {
  readonly #options: ReplayCursorOptions;
  readonly #wanted = new Map<string, Subscription>();
  #batch: CaptureFrame[] = [];
  #batchBytes = 0;
  #wake: (() => void) | undefined;

  constructor(options: ReplayCursorOptions) {
    this.#options = options;
    for (const subscription of options.subscriptions) {
      this.#wanted.set(subscriptionKey(subscription), subscription);
    }
  }

  get subscriber(): Subscriber {
    return this.#options.subscriber;
  }

  /** Ends one of its subscriptions, and the pass with the last of them. */
  drop(subscription: Subscription): void {
    this.#wanted.delete(subscriptionKey(subscription));
    if (this.#wanted.size === 0) this.#wake?.();
  }

  stop(): void {
    this.#wanted.clear();
    this.#wake?.();
  }

  /** Runs to the end of the capture, or until nothing of it is wanted any more. True: it came to the end. */
  async run(): Promise<boolean> {
    let sent = await this.#pass();
    // A pass in which nothing was wanted would be repeated forever without sending anything.
    while (this.#options.loop && this.#isWanted && sent > 0) sent = await this.#pass();
    return this.#isWanted;
  }

  get #isWanted(): boolean {
    return this.#wanted.size > 0 && !this.#options.subscriber.closed;
  }

  async #pass(): Promise<number> {
    const { clock, path, speed } = this.#options;
    let startNs: bigint | undefined;
    let originNs = 0n;
    let sent = 0;
    for await (const frame of readCapture(path)) {
      if (!this.#isWanted) break;
      if (!this.#wants(frame)) continue;
      if (speed !== 'max' && frame.wallNs !== 0n) {
        if (startNs === undefined) {
          startNs = frame.wallNs;
          originNs = clock.monotonicNs();
        }
        const dueMs =
          Number(frame.wallNs - startNs) / 1e6 / speed -
          Number(clock.monotonicNs() - originNs) / 1e6;
        if (dueMs > 0) {
          await this.#release();
          await this.#sleep(dueMs);
        }
      }
      this.#batch.push(frame);
      this.#batchBytes += frame.bytes.length;
      sent += 1;
      if (this.#batch.length >= BATCH_FRAMES || this.#batchBytes >= BATCH_BYTES) {
        await this.#release();
      }
    }
    await this.#release();
    return sent;
  }

  #wants(frame: CaptureFrame): boolean {
    for (const subscription of this.#wanted.values()) if (wants(subscription, frame)) return true;
    return false;
  }

  /** Sends the batch, but for what was unsubscribed since, and waits for a client that is behind. */
  async #release(): Promise<void> {
    const { subscriber } = this.#options;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    for (const frame of batch) {
      if (this.#wants(frame)) subscriber.push(new WireFrame(frame.bytes));
    }
    await subscriber.ready();
  }

  #sleep(ms: number): Promise<void> {
    if (!this.#isWanted) return Promise.resolve();
    const { timers } = this.#options;
    return new Promise((resolve) => {
      const settle = (): void => {
        timers.clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = timers.setTimeout(settle, ms);
      this.#wake = settle;
    });
  }
}
