import { CRC_TABLE } from './crc32.ts';

/**
 * Reading ASCII by the word. A frame is read through a DataView: four bytes make a 32-bit integer,
 * eight a double; one comparison then covers them all. (As doubles, ASCII words compare exactly:
 * no eight ASCII bytes are a NaN, the one double that is unequal to itself.) All little-endian:
 * the first character is the lowest byte.
 */

/** A text of at least eight characters as doubles; the last one overlaps. */
export function wordsOf(text: string): number[] {
  const { buffer } = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const view = new DataView(buffer);
  return Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    view.getFloat64(Math.min(i * 8, text.length - 8), true),
  );
}

/** True for a text whose characters are the bytes of its UTF-8. */
export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** A text of at least eight characters that a frame is expected to hold. */
export class WireText {
  readonly length: number;
  readonly #words: readonly number[];

  constructor(text: string) {
    this.length = text.length;
    this.#words = wordsOf(text);
  }

  /** The index after this text at `at`, or -1 when something else stands there. */
  skip(view: DataView, at: number): number {
    if (at < 0) return -1;
    const words = this.#words;
    const last = words.length - 1;
    for (let i = 0; i < last; i++) {
      if (view.getFloat64(at + i * 8, true) !== words[i]) return -1;
    }
    const end = at + this.length;
    return view.getFloat64(end - 8, true) === words[last] ? end : -1;
  }
}

/** Exclusive-or with this turns the digits of a word into their values. */
export const ZEROS = 0x30303030;

/** A bit for every byte of `word ^ ZEROS` that is no digit's value. */
export function nonDigits(values: number): number {
  return (values | (values + 0x76767676)) & 0x80808080;
}

/** How many bytes come before the first byte that is not zero. */
export function zeroBytesBefore(word: number): number {
  return (31 - Math.clz32(word & -word)) >>> 3;
}

/** The number that four digit values make, the first the highest. */
export function fourDigits(values: number): number {
  const pairs = (Math.imul(values, 10) + (values >>> 8)) & 0x00ff00ff;
  return Math.imul(pairs & 255, 100) + (pairs >>> 16);
}

/** CRC_TABLE for a byte with 0 to 3 more behind it: four bytes at once ("slicing by four"). */
const SLICES: Int32Array = /* @__PURE__ */ createSlices();

function createSlices(): Int32Array {
  const slices = new Int32Array(1024);
  for (let i = 0; i < 1024; i++) {
    const before = slices[i - 256];
    slices[i] = before === undefined ? CRC_TABLE[i]! : CRC_TABLE[before & 255]! ^ (before >>> 8);
  }
  return slices;
}

/** Feeds the four bytes of a word into a CRC register. */
export function crcFeedWord(register: number, word: number): number {
  const mixed = register ^ word;
  return (
    SLICES[768 + (mixed & 255)]! ^
    SLICES[512 + ((mixed >>> 8) & 255)]! ^
    SLICES[256 + ((mixed >>> 16) & 255)]! ^
    SLICES[mixed >>> 24]!
  );
}
