import { MAX_PAYLOAD_BYTES } from '../format/record-format.ts';

export interface LineHandlers {
  /** The bytes hold only during the call; no line break, no BOM. `line` counts from 1. */
  onLine(bytes: Uint8Array, line: number, offset: number): void;
  /** A line that is empty though others follow, or longer than any frame. */
  onMalformed(reason: string, line: number, offset: number): void;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts NDJSON into lines: LF or CRLF, with or without a BOM, with or without a last line break. Empty
 * lines count for nothing at the end of the file, and as malformed before it.
 */
export class LineSplitter {
  readonly #handlers: LineHandlers;
  #line = 0;
  #base = 0;
  #skipping = false;
  #empty: { line: number; offset: number }[] = [];

  constructor(handlers: LineHandlers) {
    this.#handlers = handlers;
  }

  /** Takes whole lines and returns the bytes done with; see `ByteConsumer`. */
  scan(bytes: Uint8Array, filled: number, atEnd: boolean): number {
    let at = 0;
    if (this.#base === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      if (filled >= 3) at = 3;
    }
    while (at < filled) {
      const found = bytes.indexOf(NEWLINE, at);
      const isWhole = found !== -1 && found < filled;
      if (!isWhole && !atEnd) {
        if (filled - at > MAX_PAYLOAD_BYTES) at = this.#skip(at, filled);
        break;
      }
      const end = isWhole ? found : filled;
      this.#take(bytes, at, end);
      at = isWhole ? end + 1 : end;
    }
    this.#base += at;
    return at;
  }

  #take(bytes: Uint8Array, from: number, newline: number): void {
    if (this.#skipping) {
      this.#skipping = false;
      return;
    }
    this.#line += 1;
    const end = newline > from && bytes[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
    const offset = this.#base + from;
    if (end === from) {
      // Only the last can be told from a line break too many; the list stays short on a file of breaks.
      this.#empty.push({ line: this.#line, offset });
      return;
    }
    for (const empty of this.#empty)
      this.#handlers.onMalformed('is empty', empty.line, empty.offset);
    this.#empty = [];
    this.#handlers.onLine(bytes.subarray(from, end), this.#line, offset);
  }

  /** Lets go of a line that no frame can be, up to its end. */
  #skip(from: number, filled: number): number {
    if (!this.#skipping) {
      this.#skipping = true;
      this.#line += 1;
      this.#handlers.onMalformed('is longer than any frame', this.#line, this.#base + from);
    }
    return filled;
  }
}
