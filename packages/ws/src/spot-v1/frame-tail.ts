import type { Subject } from '../protocol/named-router.ts';

const decoder = /* @__PURE__ */ new TextDecoder();
/** The end of a frame names its channel, and its pair or its number. */
const TAIL_BYTES = 96;
const PUBLIC = /,"([A-Za-z]+)(?:-\d+)?","([^"]+)"\]\s*$/;
const PRIVATE = /,"([A-Za-z]+)",\{"sequence":(\d+)\}\]\s*$/;
/** How a book begins: asks first, then bids, with `s` for snapshot. */
const HEAD_BYTES = 32;
const BOOK_SNAPSHOT = /^\s*\[\s*\d+\s*,\s*\{\s*"[ab]s"/;

/** What a frame is about, seen from its two ends. */
export interface FrameTail {
  readonly channel: string;
  readonly pair: string | undefined;
  readonly sequence: number | undefined;
}

/** `undefined` for what is no frame of v1. */
export function tailOf(bytes: Uint8Array): FrameTail | undefined {
  const tail = decoder.decode(bytes.subarray(-TAIL_BYTES));
  const [, channel, pair] = PUBLIC.exec(tail) ?? [];
  if (channel !== undefined) return { channel, pair, sequence: undefined };
  const [, own, digits] = PRIVATE.exec(tail) ?? [];
  if (own === undefined) return undefined;
  return { channel: own, pair: undefined, sequence: Number(digits) };
}

/** What a frame is about; `undefined` for what is no frame of v1. */
export function subjectOf(bytes: Uint8Array): Subject | undefined {
  const tail = tailOf(bytes);
  if (tail === undefined) return undefined;
  const { channel, pair: symbol } = tail;
  return { channel, symbol, isSnapshot: isSnapshot(bytes, tail) };
}

/** Books say it; private channels begin with it, as number 1. The others have none. */
function isSnapshot(bytes: Uint8Array, { channel, sequence }: FrameTail): boolean {
  if (sequence !== undefined) return sequence === 1;
  return channel === 'book' && BOOK_SNAPSHOT.test(decoder.decode(bytes.subarray(0, HEAD_BYTES)));
}
