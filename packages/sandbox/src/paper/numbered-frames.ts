import type { Subscriber } from '../market-source.ts';
import { WireFrame } from '../protocol/wire-frame.ts';

/** The messages of one private subscription of v2, counted from 1. */
export class NumberedFrames {
  readonly #channel: string;
  readonly #subscriber: Subscriber;
  #sequence = 0;

  constructor(channel: string, subscriber: Subscriber) {
    this.#channel = channel;
    this.#subscriber = subscriber;
  }

  push(type: 'snapshot' | 'update', rows: readonly string[]): void {
    this.#sequence += 1;
    this.#subscriber.push(
      new WireFrame(
        `{"channel":"${this.#channel}","type":"${type}","data":[${rows.join(',')}],"sequence":${this.#sequence}}`,
      ),
    );
  }
}
