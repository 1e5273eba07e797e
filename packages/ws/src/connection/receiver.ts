import type { Clock, Frame, GapEvent } from '@kr/schemas/shared';
import type { FrameFanout } from '../frames/frame-fanout.ts';
import type { GapTracker } from '../gaps/gap-tracker.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { RequestTable } from '../requests/request-table.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import type { ProblemEvent } from './connection-options.ts';

export interface ReceiverOptions {
  readonly clock: Clock;
  readonly protocol: Protocol;
  readonly gaps: GapTracker;
  readonly fanout: FrameFanout;
  readonly requests: RequestTable;
  readonly subscriber: Subscriber;
  readonly onGap: (gap: GapEvent) => void;
  /** Answers whether to go on: false when the listener failed. */
  readonly onFrame: (frame: Frame) => boolean;
  readonly onProblem: (event: ProblemEvent) => void;
  readonly onSystemStatus: (status: string) => void;
}

/** The way of a message from the socket: stamp, number, journal; only then look at what it is. */
export class Receiver {
  readonly #options: ReceiverOptions;
  #sequence = 0;
  frames = 0;
  bytes = 0;
  malformedFrames = 0;
  protocolErrors = 0;
  unmatchedAcks = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /** A new socket numbers its frames from 0. */
  restart(): void {
    this.#sequence = 0;
  }

  receive(bytes: Uint8Array, connectionId: number): void {
    const { clock, gaps, fanout, onFrame, onGap } = this.#options;
    const receivedAt = clock.stamp?.() ?? {
      wallNs: clock.wallNs(),
      monotonicNs: clock.monotonicNs(),
    };
    const frame: Frame = { receivedAt, connectionId, sequence: this.#sequence, bytes };
    this.#sequence += 1;
    this.frames += 1;
    this.bytes += bytes.length;
    const gap = gaps.frame(receivedAt.wallNs);
    if (gap !== undefined) onGap(gap);
    if (!onFrame(frame)) return;
    fanout.push(frame);
    this.#look(frame);
  }

  #look(frame: Frame): void {
    const { protocol, requests, subscriber } = this.#options;
    const { bytes } = frame;
    // Whatever could be an answer that somebody waits for is parsed; the rest of the data is not.
    if (!protocol.isData(bytes, requests.size > 0)) {
      this.#parse(frame);
      return;
    }
    subscriber.handleData(frame);
    this.#tellStatus(bytes);
  }

  #tellStatus(bytes: Uint8Array): void {
    const { protocol, onSystemStatus } = this.#options;
    const status = protocol.systemStatus(bytes);
    if (status !== undefined) onSystemStatus(status);
  }

  #parse(frame: Frame): void {
    const { protocol, requests, subscriber } = this.#options;
    const incoming = protocol.parse(frame.bytes);
    switch (incoming.kind) {
      case 'ack':
        if (requests.accept(incoming.ack)) return;
        this.#lookForEnd(incoming.ack);
        this.unmatchedAcks += 1;
        this.#report('unmatchedAck', incoming.ack.error ?? incoming.ack.method, frame);
        return;
      case 'data':
        subscriber.handleParsedData(incoming.channel, incoming.symbols, incoming.isSnapshot, frame);
        this.#tellStatus(frame.bytes);
        return;
      case 'protocolError':
        this.protocolErrors += 1;
        if (protocol.refusals.isRateLimit(incoming.text)) subscriber.slowDown();
        this.#report('protocolError', incoming.text, frame);
        return;
      case 'malformed':
        this.malformedFrames += 1;
        this.#report('malformed', incoming.text, frame);
    }
  }

  #lookForEnd(ack: Ack): void {
    const { protocol, subscriber } = this.#options;
    const ended = protocol.ended?.(ack);
    if (ended !== undefined) subscriber.handleUnsubscribed(ended);
  }

  #report(kind: ProblemEvent['kind'], text: string, { connectionId, sequence }: Frame): void {
    this.#options.onProblem({ kind, text, connectionId, sequence });
  }
}
