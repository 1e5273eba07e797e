import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOrderBookError } from './errors.ts';
import { type Json, NumberText, readJson } from './json-reader.ts';

const read = (text: string): Json => {
  const bytes = Buffer.from(text);
  return readJson(bytes, bytes.length);
};

/** What `JSON.parse` would have made of it. */
const plain = (value: Json): unknown => {
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map((item: Json) => plain(item));
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, plain(item as Json)]));
  }
  return value;
};

describe('readJson', () => {
  it('keeps a number as it was printed', () => {
    expect(read('[0.10000000,1e-05,5E+2,-0]')).toEqual(
      ['0.10000000', '1e-05', '5E+2', '-0'].map((text) => new NumberText(text)),
    );
  });

  it('agrees with JSON.parse on every document', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const document: unknown = JSON.parse(text);
        // Maps have no prototype to be confused with.
        fc.pre(!text.includes('__proto__'));
        expect(plain(read(JSON.stringify(document, null, indent)))).toEqual(document);
      }),
    );
  });

  it('agrees with JSON.parse on what is no document', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '1', '01', '1.', '.5', '-', '1e5', 'null'],
      ...['true', 'nul', ' ', '\n', '\\', '\\u00e9', 'é', '\u0001', "'a'", 'NaN'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let expected: unknown;
        let valid = true;
        try {
          expected = JSON.parse(text);
        } catch {
          valid = false;
        }
        let found: unknown;
        try {
          found = plain(read(text));
        } catch (error) {
          found = isOrderBookError(error, 'MALFORMED_FRAME') ? 'malformed' : error;
        }
        expect(found).toEqual(valid ? expected : 'malformed');
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses bytes that are not UTF-8, and nesting without end', () => {
    const bytes = Uint8Array.of(0x22, 0xc3, 0x22);
    expect(() => readJson(bytes, 3)).toThrow('not UTF-8');
    expect(() => read('['.repeat(65))).toThrow('nesting beyond 64 levels');
    expect(() => read('{"a":1 2}')).toThrow('at byte 7 of 9');
  });
});
