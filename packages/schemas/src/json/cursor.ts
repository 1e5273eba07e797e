const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;

/**
 * Reads a text whose layout is known beforehand, and stops for good where it is another: `failed`
 * then, and whatever was read means nothing.
 */
export class Cursor {
  failed = false;
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** True past the token, when it is next. */
  has(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.has(token)) this.failed = true;
  }

  expectEnd(): void {
    if (this.#at !== this.#text.length) this.failed = true;
  }

  /** The rest of a string, past its closing quote; one with escapes is not read here. */
  string(): string {
    const start = this.#at;
    let end = start;
    let code = this.#text.charCodeAt(end);
    // Below a space are the control characters, and NaN past the end is not above it either.
    while (code >= SPACE && code !== QUOTE && code !== BACKSLASH) {
      end += 1;
      code = this.#text.charCodeAt(end);
    }
    if (code !== QUOTE) this.failed = true;
    this.#at = end + 1;
    return this.#text.slice(start, end);
  }

  /** The digits of a JSON number. */
  number(): string {
    const start = this.#at;
    let end = this.#integerEnd(this.#text.charCodeAt(start) === MINUS ? start + 1 : start);
    let code = this.#text.charCodeAt(end);
    if (code === POINT) {
      end = this.#digitsEnd(end + 1);
      code = this.#text.charCodeAt(end);
    }
    if (code === LOWER_E || code === UPPER_E) {
      code = this.#text.charCodeAt(end + 1);
      end = this.#digitsEnd(code === PLUS || code === MINUS ? end + 2 : end + 1);
    }
    this.#at = end;
    return this.#text.slice(start, end);
  }

  /** The digits of an integer without sign, fraction or exponent. */
  digits(): string {
    const start = this.#at;
    const end = this.#integerEnd(start);
    const code = this.#text.charCodeAt(end);
    if (code === POINT || code === LOWER_E || code === UPPER_E) this.failed = true;
    this.#at = end;
    return this.#text.slice(start, end);
  }

  #integerEnd(start: number): number {
    const end = this.#digitsEnd(start);
    if (end > start + 1 && this.#text.charCodeAt(start) === ZERO) this.failed = true;
    return end;
  }

  #digitsEnd(start: number): number {
    const text = this.#text;
    let end = start;
    let code = text.charCodeAt(end);
    while (code >= ZERO && code <= NINE) {
      end += 1;
      code = text.charCodeAt(end);
    }
    if (end === start) this.failed = true;
    return end;
  }
}
