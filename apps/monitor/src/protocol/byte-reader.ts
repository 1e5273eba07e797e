import { type Scaled, scaledOf } from './scaled.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Longer integers than any quantity: what is longer is no message of ours. */
const MAX_INTEGER_BYTES = 40;

/** Reads what `ByteWriter` wrote. @throws RangeError at the end of the bytes, or where they are no integer */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new RangeError('the message ends too early');
    this.#at += 1;
    return byte;
  }

  f64(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  f32(): number {
    const value = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    return value;
  }

  unsigned(): Scaled {
    let value = 0;
    let factor = 1;
    // Seven bytes hold 49 bits: safe in a double.
    for (let i = 0; i < 7; i += 1) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
    let wide = BigInt(value);
    let shift = 49n;
    for (let i = 7; i < MAX_INTEGER_BYTES; i += 1) {
      const byte = this.u8();
      wide |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return scaledOf(wide);
      shift += 7n;
    }
    throw new RangeError('an integer is too long');
  }

  signed(): Scaled {
    const value = this.unsigned();
    if (typeof value === 'number') return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    return scaledOf(value & 1n ? -(value + 1n) / 2n : value / 2n);
  }

  /** An integer that counts or names something: within 2^53. */
  count(): number {
    const value = this.unsigned();
    if (typeof value === 'bigint') throw new RangeError('a count is too large');
    return value;
  }

  /** How many items follow: never more than there are bytes for. */
  items(): number {
    const count = this.count();
    if (count > this.left) throw new RangeError('a list is longer than its message');
    return count;
  }

  text(): string {
    return decoder.decode(this.blob());
  }

  blob(): Uint8Array {
    const length = this.items();
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }
}
