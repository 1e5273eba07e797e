import type { WsError } from '../errors.ts';
import { BoundedQueue } from '../queue/bounded-queue.ts';
import { dropGap } from '../queue/drop-gap.ts';
import { bound, overflowOf } from '../queue/queue-options.ts';
import type { SubscribeResult } from '../subscriptions/subscription.ts';
import type { Stream, StreamOptions } from './client.ts';
import type { ShareListener, TopicShare } from './listening.ts';
import type { Message } from './message.ts';
import type { Shard } from './shard.ts';

/** What waits: a message, and the size of the frame it came in. */
interface Waiting {
  readonly message: Message;
  readonly bytes: number;
  readonly symbol: string | undefined;
}

/** A subscription's messages as an async iterable, with a queue of its own. */
export class MessageStream implements Stream<Message> {
  readonly #queue: BoundedQueue<Waiting>;
  readonly #share: TopicShare;
  readonly #dropped = new Set<string>();
  #pressed: readonly Shard[] = [];
  #left: number;
  #error: WsError | undefined;

  constructor(
    channel: string,
    options: StreamOptions,
    listen: (listener: ShareListener) => TopicShare,
  ) {
    const overflow = overflowOf('subscribe', options.overflow);
    const maxItems = bound('subscribe', 'maxMessages', options.maxMessages ?? 10_000);
    const maxBytes = bound('subscribe', 'maxBytes', options.maxBytes ?? 67_108_864);
    this.#share = listen({
      onDelivery: (message, { bytes }, symbol) => {
        this.#queue.push({ message, bytes: bytes.length, symbol });
      },
      onGap: options.onGap,
      onEnded: ({ error }) => {
        this.#handleEnded(error);
      },
    });
    this.#left = this.#share.topics.length;
    this.#queue = new BoundedQueue<Waiting>({
      what: 'subscribe()',
      signal: options.signal,
      overflow,
      maxItems,
      maxBytes,
      bytesOf: ({ bytes }) => bytes,
      onFull: (isFull) => {
        this.#press(isFull);
      },
      onDropped: ({ symbol }) => {
        if (symbol !== undefined) this.#dropped.add(symbol);
      },
      onHole: (first, next, count) => {
        const symbols = [...this.#dropped];
        this.#dropped.clear();
        const subject = { channel, symbols };
        options.onGap?.(dropGap(first.message, next.message, count, 'messages', subject));
      },
      onReturn: () => {
        void this.#share.close();
      },
    });
  }

  get results(): Promise<SubscribeResult[]> {
    return this.#share.results;
  }

  async next(): Promise<IteratorResult<Message, undefined>> {
    const { done, value } = await this.#queue.next();
    return done === true ? { done, value: undefined } : { done: false, value: value.message };
  }

  async return(): Promise<IteratorResult<Message, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  async close(): Promise<void> {
    await this.#queue.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handleEnded(error: WsError | undefined): void {
    this.#left -= 1;
    this.#error ??= error;
    if (this.#left === 0) this.#queue.end(this.#error);
  }

  #press(isFull: boolean): void {
    if (isFull) this.#pressed = [...new Set(this.#share.topics.map(({ shard }) => shard))];
    for (const shard of this.#pressed) shard.setPressure(isFull);
    if (!isFull) this.#pressed = [];
  }
}
