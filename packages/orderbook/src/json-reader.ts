import { decodeUtf8 } from './decode-utf8.ts';
import { OrderBookError } from './errors.ts';

/**
 * A strict JSON reader (RFC 8259) that keeps every number as it was printed. `JSON.parse` makes
 * `0.10000000` a double: the trailing zeros are lost, and the checksum with them.
 */
export type Json = null | boolean | string | NumberText | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** A number's own text. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Deeper nesting than any frame has; keeps hostile input from exhausting the stack. */
const MAX_NESTING = 64;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads one JSON value out of the first `length` bytes. Throws MALFORMED_FRAME. */
export function readJson(bytes: Uint8Array, length: number): Json {
  return new Reader(bytes, length).document();
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #length: number;
  #at = 0;

  constructor(bytes: Uint8Array, length: number) {
    this.#bytes = bytes;
    this.#length = length;
  }

  document(): Json {
    const value = this.#value(0);
    if (this.#peek() !== '') throw this.#malformed('more after the end of the value');
    return value;
  }

  #value(nesting: number): Json {
    if (nesting > MAX_NESTING) throw this.#malformed(`nesting beyond ${MAX_NESTING} levels`);
    switch (this.#peek()) {
      case '{':
        return this.#object(nesting);
      case '[':
        return this.#array(nesting);
      case '"':
        return this.#string();
      default:
        return this.#bare();
    }
  }

  #object(nesting: number): JsonObject {
    const object = new Map<string, Json>();
    this.#at++;
    if (this.#accept('}')) return object;
    do {
      if (this.#peek() !== '"') throw this.#malformed('no key where one must stand');
      const key = this.#string();
      if (!this.#accept(':')) throw this.#malformed('no colon after a key');
      object.set(key, this.#value(nesting + 1));
    } while (this.#accept(','));
    if (!this.#accept('}')) throw this.#malformed('an object that is not closed');
    return object;
  }

  #array(nesting: number): Json[] {
    const array: Json[] = [];
    this.#at++;
    if (this.#accept(']')) return array;
    do {
      array.push(this.#value(nesting + 1));
    } while (this.#accept(','));
    if (!this.#accept(']')) throw this.#malformed('an array that is not closed');
    return array;
  }

  #string(): string {
    const start = this.#at;
    let plain = true;
    for (let i = start + 1; i < this.#length; i++) {
      const byte = this.#bytes[i]!;
      if (byte === 0x5c) {
        plain = false;
        i++;
      } else if (byte === 0x22) {
        const text = decodeUtf8(this.#bytes, start + 1, i);
        if (text === undefined) throw this.#malformed('a string that is not UTF-8');
        this.#at = i + 1;
        return plain ? text : this.#unescape(text);
      } else if (byte < 0x20) {
        break;
      }
    }
    throw this.#malformed('a string that is not closed');
  }

  #unescape(text: string): string {
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch (cause) {
      throw this.#malformed('a bad escape in a string', cause);
    }
  }

  /** A number, true, false or null. */
  #bare(): Json {
    const start = this.#at;
    let end = start;
    while (end < this.#length && isBare(this.#bytes[end]!)) end++;
    const text = decodeUtf8(this.#bytes, start, end) ?? '';
    this.#at = end;
    if (NUMBER.test(text)) return new NumberText(text);
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    this.#at = start;
    throw this.#malformed('no value where one must stand');
  }

  /** The next character that is no white space, '' at the end. */
  #peek(): string {
    while (this.#at < this.#length && isSpace(this.#bytes[this.#at]!)) this.#at++;
    return this.#at < this.#length ? String.fromCharCode(this.#bytes[this.#at]!) : '';
  }

  #accept(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #malformed(what: string, cause?: unknown): OrderBookError {
    return new OrderBookError(
      'MALFORMED_FRAME',
      `The frame is not JSON: ${what} at byte ${this.#at} of ${this.#length}. ` +
        'Take a new snapshot: what the frame said is lost.',
      { offset: this.#at },
      { cause },
    );
  }
}

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Letters, digits, `+`, `-`, `.`: what numbers and the three words are made of. */
const isBare = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2b ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x45;
