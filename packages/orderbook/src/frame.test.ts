import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOrderBookError } from './errors.ts';
import { parseJson } from './frame.ts';
import { L2Book } from './index.ts';

/** `JSON.parse` with its numbers as texts: what ours gives where the numbers are printed alike. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
};

describe('parseJson', () => {
  it('keeps a number as it was printed', () => {
    expect(parseJson('[0.10000000,1e-05,5E+2,-0]')).toEqual(['0.10000000', '1e-05', '5E+2', '-0']);
    expect(parseJson(String.raw`{"a1":"\"2\\","b":3}`)).toEqual({ a1: '"2\\', b: '3' });
  });

  it('leaves what looks like a number inside a text alone', () => {
    expect(parseJson('{"a":"b, 5, c","d":[6 , "[7]", -8]}')).toEqual({
      a: 'b, 5, c',
      d: ['6', '[7]', '-8'],
    });
  });

  it('agrees with JSON.parse on every document', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const document: unknown = JSON.parse(text);
        fc.pre(!text.includes('__proto__') && !text.includes('-0'));
        expect(parseJson(JSON.stringify(document, null, indent))).toEqual(plain(document));
      }),
    );
  });

  it('agrees with JSON.parse on what is no document', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '1', '01', '1.', '.5', '-', '7', 'null'],
      ...['true', 'nul', ' ', '\n', '\\', '\\u00e9', 'é', '\u0001', "'a'", 'NaN'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let expected: unknown;
        let valid = true;
        try {
          expected = JSON.parse(text);
          expected = plain(expected);
        } catch {
          valid = false;
        }
        let found: unknown;
        try {
          found = parseJson(text);
        } catch (error) {
          found = isOrderBookError(error, 'MALFORMED_FRAME') ? 'malformed' : error;
        }
        expect(found).toEqual(valid ? expected : 'malformed');
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses bytes that are not UTF-8, and nesting without end', () => {
    const book = new L2Book({ depth: 10 });
    expect(() => book.apply(Uint8Array.of(0x22, 0xc3, 0x22))).toThrow('not UTF-8');
    expect(() => book.apply('['.repeat(1_000_000))).toThrow('not JSON');
    const deep = `[1,{},${'['.repeat(100_000)}${']'.repeat(100_000)},"x"]`;
    expect(['foreign', 'MALFORMED_FRAME']).toContain(outcomeOf(book, deep));
  });
});

function outcomeOf(book: L2Book, frame: string): string {
  try {
    return book.apply(frame);
  } catch (error) {
    return isOrderBookError(error) ? error.code : String(error);
  }
}
