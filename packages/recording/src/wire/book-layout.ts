import { utf8, wordAt } from './bytes.ts';
import type { BookChannel, FrameKind } from './frame-kind.ts';

const QUOTE = 0x22;
const SLOTS = 16_384;

interface Slot {
  readonly symbol: Uint8Array;
  readonly kind: FrameKind;
}

/**
 * One of the ways in which v2's book messages begin, up to the symbol. What a symbol stands for is found by
 * a hash of its bytes in a table of a fixed size, so that no frame makes a text or an object.
 */
export class BookLayout {
  readonly channel: BookChannel;
  readonly isSnapshot: boolean;
  readonly #length: number;
  /** The prefix four bytes at a time, the last four overlapping: a loop over bytes takes three times as long. */
  readonly #words: Int32Array;
  readonly #slots: (Slot | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  constructor(channel: BookChannel, type: 'update' | 'snapshot') {
    this.channel = channel;
    this.isSnapshot = type === 'snapshot';
    const prefix = utf8(`{"channel":"${channel}","type":"${type}","data":[{"symbol":"`);
    this.#length = prefix.length;
    this.#words = Int32Array.from({ length: Math.ceil(prefix.length / 4) }, (_, index) =>
      wordAt(prefix, Math.min(index * 4, prefix.length - 4)),
    );
  }

  matches(bytes: Uint8Array): boolean {
    const length = this.#length;
    if (bytes.length < length) return false;
    const words = this.#words;
    const last = words.length - 1;
    for (let index = 0; index < last; index += 1) {
      if (wordAt(bytes, index * 4) !== words[index]) return false;
    }
    return wordAt(bytes, length - 4) === words[last];
  }

  /**
   * What `make` made of the symbol of a message that {@link matches}; `undefined` where the symbol has no
   * end.
   */
  kindOf(bytes: Uint8Array, make: (symbol: Uint8Array) => FrameKind): FrameKind | undefined {
    const from = this.#length;
    let hash = 0;
    let end = from;
    for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[end]) {
      if (byte === undefined) return undefined;
      hash = (Math.imul(hash, 31) + byte) | 0;
      end += 1;
    }
    const at = hash & (SLOTS - 1);
    const slot = this.#slots[at];
    if (slot !== undefined && isEqual(slot.symbol, bytes, from, end)) return slot.kind;
    const symbol = bytes.slice(from, end);
    const kind = make(symbol);
    this.#slots[at] = { symbol, kind };
    return kind;
  }
}

function isEqual(own: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (own.length !== to - from) return false;
  for (let at = 0; at < own.length; at += 1) {
    if (own[at] !== bytes[from + at]) return false;
  }
  return true;
}
