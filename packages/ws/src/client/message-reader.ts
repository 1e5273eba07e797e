import { type Frame, formatTimestamp } from '@kr/schemas/shared';
import type { ClientOptions } from './client.ts';
import type { DataMessage, Delivery } from './message.ts';
import type { MessageFormat } from './message-format.ts';

/** A message, with when and where it came. */
type Delivered = DataMessage & Delivery;

/** Reads messages: each frame once, whoever wants it. */
export class MessageReader {
  readonly #format: MessageFormat;
  readonly #listeners: Pick<ClientOptions, 'onProblem' | 'onGap'>;
  #last: { readonly frame: Frame; readonly message: Delivered | undefined } | undefined;

  constructor(format: MessageFormat, listeners: Pick<ClientOptions, 'onProblem' | 'onGap'>) {
    this.#format = format;
    this.#listeners = listeners;
  }

  /** `undefined` when it cannot be read, which is told once. */
  read(frame: Frame): Delivered | undefined {
    if (this.#last?.frame === frame) return this.#last.message;
    const { receivedAt, connectionId, sequence: frameSequence } = frame;
    const parsed = this.#format.parse(frame.bytes);
    const message =
      typeof parsed === 'string'
        ? undefined
        : { ...parsed, receivedAt, connectionId, frameSequence };
    this.#last = { frame, message };
    if (typeof parsed === 'string') this.#tellUnreadable(frame, parsed);
    return message;
  }

  /** Lost for whoever wanted it parsed: a problem, and a hole of one message. */
  #tellUnreadable({ receivedAt, connectionId, sequence }: Frame, text: string): void {
    const at = formatTimestamp(receivedAt.wallNs);
    const { onProblem, onGap } = this.#listeners;
    onProblem?.({ kind: 'malformed', text, connectionId, sequence });
    onGap?.({
      reason: 'drop',
      from: at,
      to: at,
      symbols: [],
      connectionId,
      repaired: false,
      detail: `a message could not be read: ${text}`,
    });
  }
}
