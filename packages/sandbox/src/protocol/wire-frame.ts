import crc32 from 'crc-32';
import { type FrameSubject, readSubject } from './frame-subject.ts';

/** One outgoing message, made once and sent to every subscriber as it is. */
export class WireFrame {
  readonly bytes: Uint8Array;
  #crc32: number | undefined;
  #subject: FrameSubject | undefined;

  constructor(text: string | Uint8Array) {
    this.bytes = typeof text === 'string' ? Buffer.from(text) : text;
  }

  /** CRC-32 of the bytes, unsigned; computed at the first call, for the ledger. */
  get crc32(): number {
    this.#crc32 ??= crc32.buf(this.bytes) >>> 0;
    return this.#crc32;
  }

  /** What it is about; read at the first call, for faults. */
  get subject(): FrameSubject {
    this.#subject ??= readSubject(this.bytes);
    return this.#subject;
  }
}
