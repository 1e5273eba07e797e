import type { Stream } from '../client/client.ts';
import type { SubscribeResult } from '../subscriptions/subscription.ts';

/** A stream of what `map` makes of another's messages; those of which it makes nothing are passed over. */
export class MappedStream<From, To> implements Stream<To> {
  readonly #stream: Stream<From>;
  readonly #map: (message: From) => To | undefined;

  constructor(stream: Stream<From>, map: (message: From) => To | undefined) {
    this.#stream = stream;
    this.#map = map;
  }

  get results(): Promise<SubscribeResult[]> {
    return this.#stream.results;
  }

  async next(): Promise<IteratorResult<To, undefined>> {
    for (;;) {
      const { done, value } = await this.#stream.next();
      if (done === true || value === undefined) return { done: true, value: undefined };
      const mapped = this.#map(value);
      if (mapped !== undefined) return { done: false, value: mapped };
    }
  }

  async return(): Promise<IteratorResult<To, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
