import type { FrameSubject } from '../protocol/frame-subject.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { pairOf } from './pair-name.ts';
import { channelNameOf, type V1Subscription } from './subscription.ts';

/** Makes the data messages of one channel and pair: `[channelID, payload…, channelName, pair]`. */
export class V1Frames {
  readonly #head: string;
  readonly #tail: string;
  readonly #subjects: Readonly<Record<'snapshot' | 'update', FrameSubject>>;

  constructor(channelId: number, subscription: V1Subscription) {
    const { name, symbol } = subscription;
    const pair = pairOf(symbol);
    this.#head = `[${channelId},`;
    this.#tail = `,"${channelNameOf(subscription)}","${pair}"]`;
    // By either name, so that a fault of a symbol means the clients of both protocols.
    const symbols = [symbol, pair];
    this.#subjects = {
      snapshot: { channel: name, type: 'snapshot', symbols },
      update: { channel: name, type: 'update', symbols },
    };
  }

  make(type: 'snapshot' | 'update', payload: string): WireFrame {
    return new WireFrame(`${this.#head}${payload}${this.#tail}`, this.#subjects[type]);
  }
}
