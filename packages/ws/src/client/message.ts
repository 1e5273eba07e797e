import type { JsonValue, WsFrame } from '@kr/schemas';
import type { ReceivedAt } from '@kr/schemas/shared';

/** When and where a message came. */
export interface Delivery {
  readonly receivedAt: ReceivedAt;
  readonly connectionId: number;
  /** The frame's number within its connection: `sequence` is the exchange's, of numbered channels. */
  readonly frameSequence: number;
}

/** A message of a channel that the schemas do not know. */
export interface OtherFrame<Channel extends string = string> {
  readonly channel: Channel;
  readonly type?: JsonValue | undefined;
  readonly data?: JsonValue | undefined;
}

type FrameOf<Channel extends string> = Channel extends WsFrame['channel']
  ? Extract<WsFrame, { channel: Channel }>
  : OtherFrame<Channel>;

/** One message of a subscription, parsed; its `data` holds rows of that subscription's symbol only. */
export type Message<Channel extends string = string> = FrameOf<Channel> & Delivery;

/** A parsed data message, as far as the client looks at it. */
export interface DataMessage {
  readonly channel: string;
  readonly type?: unknown;
  readonly data?: unknown;
}

export type Row = Readonly<Record<string, unknown>>;

/** The message with those rows of its data that pass; `undefined` when none does. */
export function keepRows(
  message: DataMessage,
  passes: (row: Row) => boolean,
): DataMessage | undefined {
  const { data } = message;
  if (!Array.isArray(data)) return message;
  const rows = (data as readonly Row[]).filter(passes);
  if (rows.length === data.length) return message;
  return rows.length === 0 ? undefined : { ...message, data: rows };
}
