import { encodeRecord, type RecordFields } from '../format/record-codec.ts';
import { PAYLOAD_AT, RECORD_OVERHEAD } from '../format/record-format.ts';

/** A stretch of a batch that belongs into one file. */
export interface Piece {
  readonly segment: number;
  /** Where it goes in the file. */
  readonly fileOffset: number;
  readonly start: number;
  end: number;
}

/** Records waiting to be written, in one buffer, with the files they belong into. */
export class Batch {
  readonly #capacity: number;
  #bytes: Uint8Array;
  #view: DataView;
  length = 0;
  pieces: Piece[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  hasRoom(size: number): boolean {
    return this.length + size <= this.#bytes.length;
  }

  /** Makes room in an empty batch for one record that is larger than a batch. */
  growTo(size: number): void {
    this.#replace(size);
  }

  add(segment: number, fileOffset: number, fields: RecordFields, payload: Uint8Array): void {
    const start = this.length;
    this.length = encodeRecord(this.#bytes, this.#view, start, fields, payload);
    const last = this.pieces.at(-1);
    if (last !== undefined && last.segment === segment) last.end = this.length;
    else this.pieces.push({ segment, fileOffset, start, end: this.length });
  }

  /** Empties the batch and gives back what a large record had grown. */
  clear(): void {
    this.length = 0;
    this.pieces = [];
    if (this.#bytes.length !== this.#capacity) this.#replace(this.#capacity);
  }

  /** Of the first `count` bytes of a piece, those that make whole records. */
  wholeRecords(piece: Piece, count: number): number {
    let at = piece.start;
    while (at + RECORD_OVERHEAD <= piece.start + count) {
      const next = at + RECORD_OVERHEAD + this.#view.getUint32(at + 4, true);
      if (next > piece.start + count) break;
      at = next;
    }
    return at - piece.start;
  }

  #replace(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

/** Bytes of a record with a payload of this length. */
export function recordSize(payloadBytes: number): number {
  return PAYLOAD_AT + payloadBytes + 4;
}
