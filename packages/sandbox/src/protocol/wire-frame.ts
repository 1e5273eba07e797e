import { crc32 } from 'node:zlib';
import { type FrameSubject, readSubject } from './frame-subject.ts';

/** FIN and the opcode of a text frame. */
const TEXT_FRAME = 0x81;

/** One outgoing message, made once and sent to every subscriber as it is. */
export class WireFrame {
  readonly bytes: Uint8Array;
  #framed: Buffer | undefined;
  #crc32: number | undefined;
  #subject: FrameSubject | undefined;

  /** `subject` where the bytes are not of v2, and do not say it in its way. */
  constructor(text: string | Uint8Array, subject?: FrameSubject) {
    this.#subject = subject;
    if (typeof text === 'string') {
      const length = Buffer.byteLength(text);
      this.#framed = withHeader(length);
      const at = this.#framed.length - length;
      this.#framed.write(text, at);
      this.bytes = this.#framed.subarray(at);
    } else {
      this.bytes = text;
    }
  }

  /** As it goes over a server's socket: the WebSocket header, then the bytes. */
  get framed(): Buffer {
    if (this.#framed === undefined) {
      this.#framed = withHeader(this.bytes.length);
      this.#framed.set(this.bytes, this.#framed.length - this.bytes.length);
    }
    return this.#framed;
  }

  /** CRC-32 of the bytes, unsigned; computed at the first call, for the ledger. */
  get crc32(): number {
    this.#crc32 ??= crc32(this.bytes);
    return this.#crc32;
  }

  /** What it is about; read at the first call, for faults. */
  get subject(): FrameSubject {
    this.#subject ??= readSubject(this.bytes);
    return this.#subject;
  }
}

/** Room for a message of this length, behind its header (https://www.rfc-editor.org/rfc/rfc6455#section-5.2; a server does not mask). */
function withHeader(length: number): Buffer {
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = TEXT_FRAME;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  return frame;
}
