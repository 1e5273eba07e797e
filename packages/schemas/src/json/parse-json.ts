import type { JsonValue } from './json-value.ts';
import { closeText, expectEnd, openText, readValue } from './scanner.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * JSON text (or its UTF-8 bytes) to a value in which every number kept its digits: an integer that
 * a number holds exactly is a number, every other number a `RawNumber`. Otherwise as
 * `JSON.parse`: the last of two equal keys wins, whatever is not RFC 8259 is refused.
 *
 * @throws SchemaError `MALFORMED_JSON`, with the offset
 */
export function parseJson(source: string | Uint8Array): JsonValue {
  openText(typeof source === 'string' ? source : decodeUtf8(source));
  try {
    const value = readValue();
    expectEnd();
    return value;
  } finally {
    closeText();
  }
}
