/**
 * A number as printed on the wire. `JSON.parse` turns `64525.0` into `64525` and
 * `13834774380200032777` into something else: the zeros are part of the book's checksum, the digits
 * part of an id. This keeps the text.
 */
export class RawNumber {
  /** The JSON number token: `0.00005100`, `1e-08`, `13834774380200032777`. */
  readonly text: string;

  /** `text` must be a JSON number; {@link isNumberText} tells. */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  /** `JSON.stringify` cannot print raw digits, so it gets them as a string; `stringifyJson` prints them raw. */
  toJSON(): string {
    return this.text;
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether the text is a JSON number (RFC 8259, section 6). */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}
