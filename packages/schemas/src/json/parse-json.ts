import { SchemaError } from '../schema-error.ts';
import type { JsonValue } from './json-value.ts';
import { RawNumber } from './raw-number.ts';

/** Deeper than any message of Kraken, and far from the end of the stack. */
const MAX_DEPTH = 200;
/** Any integer of at most 15 digits is safe. */
const SAFE_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Only what is declared nowhere without DOM or Node types: this package has neither. */
interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}
const { TextDecoder } = globalThis as unknown as {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder;
};
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes. @throws SchemaError `MALFORMED_JSON` when they are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SchemaError('MALFORMED_JSON', 'The message is not UTF-8 text.', {}, { cause });
  }
}

/**
 * JSON text (or its UTF-8 bytes) to a value in which every number kept its digits: an integer that
 * a number holds exactly is a number, every other number a {@link RawNumber}. Otherwise as
 * `JSON.parse`: the last of two equal keys wins, whatever is not RFC 8259 is refused.
 *
 * @throws SchemaError `MALFORMED_JSON`, with the offset
 */
export function parseJson(source: string | Uint8Array): JsonValue {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): JsonValue {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('the end of the text');
    return value;
  }

  #value(): JsonValue {
    this.#space();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      case undefined:
        return this.#fail('a value');
      default:
        return this.#number();
    }
  }

  #object(): JsonValue {
    this.#enter();
    const result: Record<string, JsonValue> = {};
    this.#space();
    if (this.#text[this.#at] === '}') return this.#leave(result);
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a key');
      const key = this.#string();
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail('":"');
      this.#at += 1;
      const value = this.#value();
      // Plain assignment would set the prototype instead of a key.
      if (key === '__proto__') {
        Object.defineProperty(result, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      } else {
        result[key] = value;
      }
      if (!this.#more('}')) return this.#leave(result);
    }
  }

  #array(): JsonValue {
    this.#enter();
    const result: JsonValue[] = [];
    this.#space();
    if (this.#text[this.#at] === ']') return this.#leave(result);
    for (;;) {
      result.push(this.#value());
      if (!this.#more(']')) return this.#leave(result);
    }
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels`);
    this.#at += 1;
  }

  #leave<T>(value: T): T {
    this.#depth -= 1;
    this.#at += 1;
    return value;
  }

  /** After an element: true when another follows, false at the closing bracket. */
  #more(close: string): boolean {
    this.#space();
    const next = this.#text[this.#at];
    if (next === close) return false;
    if (next !== ',') this.#fail(`"," or "${close}"`);
    this.#at += 1;
    return true;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at + 1;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (code === BACKSLASH) return this.#escaped(start);
      if (code < 0x20) {
        this.#at = at;
        this.#fail('no control character in a string');
      }
    }
    this.#at = text.length;
    return this.#fail('a closing quote');
  }

  /** A string with escapes: found to its end here, read by `JSON.parse`. */
  #escaped(start: number): string {
    const text = this.#text;
    let end = start;
    while (end < text.length && text.charCodeAt(end) !== QUOTE) {
      end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    }
    if (end < text.length) {
      try {
        const value = JSON.parse(text.slice(start - 1, end + 1)) as string;
        this.#at = end + 1;
        return value;
      } catch {
        this.#at = start;
      }
    }
    return this.#fail('a valid string');
  }

  #number(): number | RawNumber {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    if (text.charCodeAt(at) === MINUS) at += 1;
    const integer = at;
    at = this.#digits(at);
    if (text.charCodeAt(integer) === ZERO && at > integer + 1) this.#fail('no leading zero');
    let plain = true;
    if (text[at] === '.') {
      at = this.#digits(at + 1);
      plain = false;
    }
    if (text[at] === 'e' || text[at] === 'E') {
      const sign = text[at + 1];
      at = this.#digits(sign === '+' || sign === '-' ? at + 2 : at + 1);
      plain = false;
    }
    this.#at = at;
    const token = text.slice(start, at);
    if (plain && token !== '-0') {
      const value = Number(token);
      if (at - start <= SAFE_DIGITS || Number.isSafeInteger(value)) return value;
    }
    return new RawNumber(token);
  }

  /** The offset after one or more digits. */
  #digits(from: number): number {
    const text = this.#text;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (!(code >= ZERO && code <= NINE)) break;
      at += 1;
    }
    if (at === from) {
      this.#at = at;
      this.#fail('a value');
    }
    return at;
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('a value');
    this.#at += word.length;
    return value;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #fail(expected: string): never {
    const offset = this.#at;
    const found = offset < this.#text.length ? 'something else' : 'the end';
    throw new SchemaError(
      'MALFORMED_JSON',
      `Malformed JSON: expected ${expected} at offset ${offset}, found ${found}.`,
      { offset },
    );
  }
}
