import { SchemaError } from '../schema-error.ts';
import { copyOf } from './copy-of.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { KnownKey, knownKeyOf } from './known-key.ts';
import { RawNumber } from './raw-number.ts';
import { setField } from './set-field.ts';

/*
 * A recursive descent over UTF-16 codes. It runs on every message of every socket, hence what plain
 * code would not do, measured on book, ticker and trade frames (bench/parse.mjs): one cursor for the
 * module; keys that predict the next one, as `startsWith` of a token is cheaper than scanning and
 * interning a key anew; integers that are summed while they are scanned. What reads a whole text
 * begins with `openText` and ends with `closeText`; whoever calls a stranger's code in between saves the
 * cursor, for the stranger may read a text of his own.
 */
let text = '';
let at = 0;
let depth = 0;

/** Deeper than any message of Kraken, and far from the end of the stack. */
const MAX_DEPTH = 200;
/** Any integer of at most 15 digits is safe. */
const SAFE_DIGITS = 15;
/** From here on a slice of the text would keep the whole text alive. */
const LARGE_TEXT = 4096;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** To the first value of a text. */
export function openText(source: string): void {
  text = source;
  at = 0;
  depth = 0;
  skipSpace();
}

/** Past the last value of the text. */
export function expectEnd(): void {
  skipSpace();
  if (at < text.length) fail('the end of the text');
}

/** Lets go of the text, that it can be collected. */
export function closeText(): void {
  text = '';
}

/** Runs code that may read another text, and comes back to the place in this one. */
export function aside<T>(run: () => T): T {
  const before = [text, at, depth] as const;
  try {
    return run();
  } finally {
    [text, at, depth] = before;
  }
}

/** The code of the next character, NaN at the end. */
export function peek(): number {
  return text.charCodeAt(at);
}

export function isNumberNext(): boolean {
  const code = text.charCodeAt(at);
  return (code >= ZERO && code <= NINE) || code === MINUS;
}

/** True past the token, when it is next. */
export function take(token: string): boolean {
  if (!text.startsWith(token, at)) return false;
  at += token.length;
  return true;
}

/** True past the key, its colon and the space behind it, when they are next. */
export function takeKey(token: string): boolean {
  if (!text.startsWith(token, at)) return false;
  at += token.length;
  if (text.charCodeAt(at) <= SPACE) skipSpace();
  return true;
}

export function readValue(): JsonValue {
  const code = text.charCodeAt(at);
  if (code === QUOTE) return readString();
  if (code === OPEN_BRACE) return readObject();
  if (code === OPEN_BRACKET) return readArray();
  if ((code >= ZERO && code <= NINE) || code === MINUS) return readNumber();
  if (code === LOWER_T) return readWord('true', true);
  if (code === LOWER_F) return readWord('false', false);
  if (code === LOWER_N) return readWord('null', null);
  return fail('a value');
}

function readObject(): JsonObject {
  const result: Record<string, JsonValue> = {};
  if (isEmpty(CLOSE_BRACE)) return result;
  do {
    const key = readKey();
    setField(result, key, readValue());
  } while (hasMore(CLOSE_BRACE));
  return result;
}

function readArray(): JsonValue[] {
  const result: JsonValue[] = [];
  if (isEmpty(CLOSE_BRACKET)) return result;
  do result.push(readValue());
  while (hasMore(CLOSE_BRACKET));
  return result;
}

/** Past an opening bracket: true, and past the closing one too, when nothing is between them. */
export function isEmpty(close: number): boolean {
  depth += 1;
  if (depth > MAX_DEPTH) fail(`at most ${MAX_DEPTH} levels`);
  at += 1;
  if (text.charCodeAt(at) <= SPACE) skipSpace();
  if (text.charCodeAt(at) !== close) return false;
  at += 1;
  depth -= 1;
  return true;
}

/** After an element: true, at the next one, after a comma; false past the closing bracket. */
export function hasMore(close: number): boolean {
  let code = text.charCodeAt(at);
  if (code <= SPACE) {
    skipSpace();
    code = text.charCodeAt(at);
  }
  if (code === COMMA) {
    at += 1;
    if (text.charCodeAt(at) <= SPACE) skipSpace();
    return true;
  }
  if (code !== close) fail(`"," or "${String.fromCharCode(close)}"`);
  at += 1;
  depth -= 1;
  return false;
}

let lastKey = /* @__PURE__ */ new KnownKey('');

/** A key, its colon and the space behind it. */
export function readKey(): string {
  const key = readKeyAndColon();
  if (text.charCodeAt(at) <= SPACE) skipSpace();
  return key;
}

function readKeyAndColon(): string {
  const { next, other } = lastKey;
  if (next !== undefined && text.startsWith(next.token, at)) {
    at += next.token.length;
    lastKey = next;
    return next.key;
  }
  if (other !== undefined && text.startsWith(other.token, at)) {
    at += other.token.length;
    lastKey.other = next;
    lastKey.next = other;
    lastKey = other;
    return other.key;
  }
  return readUnexpectedKey();
}

function readUnexpectedKey(): string {
  if (text.charCodeAt(at) !== QUOTE) fail('a key');
  const key = readString();
  if (text.charCodeAt(at) !== COLON) skipSpace();
  if (text.charCodeAt(at) !== COLON) fail('":"');
  at += 1;
  const known = knownKeyOf(key);
  if (known === undefined) return key;
  lastKey.other = lastKey.next;
  lastKey.next = known;
  lastKey = known;
  return known.key;
}

export function readString(): string {
  const start = at + 1;
  for (let end = start; ; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) {
      at = end + 1;
      return sliceOf(start, end);
    }
    if (code === BACKSLASH) return readEscapedString(start);
    if (!(code >= SPACE)) {
      at = end;
      return fail(end < text.length ? 'no control character in a string' : 'a closing quote');
    }
  }
}

/** A string with escapes: found to its end here, read by `JSON.parse`. */
function readEscapedString(start: number): string {
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== QUOTE) {
    end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  }
  if (end < text.length) {
    try {
      const value = JSON.parse(text.slice(start - 1, end + 1)) as string;
      at = end + 1;
      return value;
    } catch {
      // Falls to the error below, which says where.
    }
  }
  at = start;
  return fail('a valid string');
}

function sliceOf(start: number, end: number): string {
  const slice = text.slice(start, end);
  return text.length < LARGE_TEXT ? slice : copyOf(slice);
}

export function readNumber(): number | RawNumber {
  const start = at;
  const first = text.charCodeAt(start);
  let end = start;
  let code = first;
  if (code === MINUS) {
    end += 1;
    code = text.charCodeAt(end);
  }
  let integer = 0;
  if (code === ZERO) {
    end = afterZero(end);
    code = text.charCodeAt(end);
  } else {
    const digits = end;
    while (code >= ZERO && code <= NINE) {
      integer = integer * 10 + (code - ZERO);
      end += 1;
      code = text.charCodeAt(end);
    }
    if (end === digits) failAt(end, 'a digit');
  }
  if (code !== POINT && code !== LOWER_E && code !== UPPER_E) {
    at = end;
    return integerOf(start, end, first === MINUS ? -integer : integer);
  }
  at = fractionEnd(end, code);
  return new RawNumber(sliceOf(start, at));
}

/** The digits of a number, as they stand there. */
export function readDigits(): string {
  const start = at;
  const whole = text.charCodeAt(start) === MINUS ? start + 1 : start;
  const end = text.charCodeAt(whole) === ZERO ? afterZero(whole) : digitsEnd(whole);
  at = fractionEnd(end, text.charCodeAt(end));
  return sliceOf(start, at);
}

function afterZero(zero: number): number {
  const code = text.charCodeAt(zero + 1);
  if (code >= ZERO && code <= NINE) failAt(zero + 1, 'no leading zero');
  return zero + 1;
}

/** The offset after a fraction and an exponent, if there are any. */
function fractionEnd(from: number, first: number): number {
  let end = from;
  let code = first;
  if (code === POINT) {
    end = digitsEnd(end + 1);
    code = text.charCodeAt(end);
  }
  if (code !== LOWER_E && code !== UPPER_E) return end;
  code = text.charCodeAt(end + 1);
  return digitsEnd(code === PLUS || code === MINUS ? end + 2 : end + 1);
}

function integerOf(start: number, end: number, value: number): number | RawNumber {
  if (end - start > SAFE_DIGITS && !Number.isSafeInteger(value)) {
    return new RawNumber(sliceOf(start, end));
  }
  return Object.is(value, -0) ? new RawNumber('-0') : value;
}

/** The offset after one or more digits. */
function digitsEnd(from: number): number {
  let end = from;
  let code = text.charCodeAt(end);
  while (code >= ZERO && code <= NINE) {
    end += 1;
    code = text.charCodeAt(end);
  }
  if (end === from) failAt(end, 'a digit');
  return end;
}

function readWord<T>(word: string, value: T): T {
  if (!text.startsWith(word, at)) fail('a value');
  at += word.length;
  return value;
}

function skipSpace(): void {
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return;
    at += 1;
  }
}

function failAt(offset: number, expected: string): never {
  at = offset;
  fail(expected);
}

function fail(expected: string): never {
  const found = at < text.length ? 'something else' : 'the end';
  throw new SchemaError(
    'MALFORMED_JSON',
    `Malformed JSON: expected ${expected} at offset ${at}, found ${found}.`,
    { offset: at },
  );
}
