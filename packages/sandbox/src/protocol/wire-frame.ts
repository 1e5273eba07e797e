import crc32 from 'crc-32';

/** One outgoing message, made once and sent to every subscriber as it is. */
export class WireFrame {
  readonly bytes: Uint8Array;
  #crc32: number | undefined;

  constructor(text: string | Uint8Array) {
    this.bytes = typeof text === 'string' ? Buffer.from(text) : text;
  }

  /** CRC-32 of the bytes, unsigned; computed at the first call, for the ledger. */
  get crc32(): number {
    this.#crc32 ??= crc32.buf(this.bytes) >>> 0;
    return this.#crc32;
  }
}
