import type { Subscriber } from '../market-source.ts';
import { WireFrame } from '../protocol/wire-frame.ts';

/** The messages of one private subscription of v1, counted from 1: `[[{id: row}, …], name, {sequence}]`. */
export class V1PrivateFrames {
  readonly #name: string;
  readonly #subscriber: Subscriber;
  #sequence = 0;

  constructor(name: string, subscriber: Subscriber) {
    this.#name = name;
    this.#subscriber = subscriber;
  }

  push(type: 'snapshot' | 'update', rows: readonly (readonly [id: string, row: object])[]): void {
    this.#sequence += 1;
    const body = JSON.stringify(rows.map(([id, row]) => ({ [id]: row })));
    this.#subscriber.push(
      new WireFrame(`[${body},"${this.#name}",{"sequence":${this.#sequence}}]`, {
        channel: this.#name,
        type,
        symbols: [],
      }),
    );
  }
}
