import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSchemaError } from '../schema-error.ts';
import type { JsonValue } from './json-value.ts';
import { parseJson } from './parse-json.ts';
import { RawNumber } from './raw-number.ts';
import { stringifyJson } from './stringify-json.ts';

const raw = (text: string): RawNumber => new RawNumber(text);

/** The tree with floats, as `JSON.parse` gives it. */
function asFloats(value: JsonValue): unknown {
  if (value instanceof RawNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map((item) => asFloats(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asFloats(item)]));
}

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return 'refused';
  }
}

describe('parseJson', () => {
  it.each([
    ['0', 0],
    ['-7', -7],
    ['999999999999999', 999_999_999_999_999],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['9007199254740992', raw('9007199254740992')],
    ['13834774380200032777', raw('13834774380200032777')],
    ['64525.0', raw('64525.0')],
    ['0.00000000', raw('0.00000000')],
    ['1e-08', raw('1e-08')],
    ['1E+2', raw('1E+2')],
    ['-0', raw('-0')],
    ['-0.0', raw('-0.0')],
  ])('reads %s without losing a digit', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it.each([
    ' [ ] ',
    '{"a":[true,false,null,"x",{}],"b":{"c":-1}}',
    '\t{\n"a"\r:1 , "b" : [ 1 , 2 ] }',
    String.raw`"\"\\\/\b\f\n\r\té😀"`,
    '"😀 é"',
    '{"a":1,"a":2}',
    '{"__proto__":{"polluted":1}}',
    '{"constructor":1,"toString":2,"1":3,"0":4}',
  ])('reads %s as JSON.parse does', (text) => {
    expect(asFloats(parseJson(text))).toStrictEqual(JSON.parse(text));
  });

  it('gives a key named __proto__ no power', () => {
    const value = parseJson('{"__proto__":{"polluted":1}}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toStrictEqual(['__proto__']);
  });

  it.each([
    '',
    ' ',
    '{',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a":1}}',
    '01',
    '-01',
    '-',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '1.e5',
    '0x10',
    'NaN',
    'Infinity',
    'tru',
    'nul',
    'undefined',
    '"',
    '"a',
    String.raw`"\x"`,
    String.raw`"\u12"`,
    '"\\',
    '"\\"',
    '"line\nbreak"',
    '1 2',
    '\u{feff}{}',
    '[1]]',
    '1-2',
    '1.2.3',
    '--1',
  ])('refuses %j, as JSON.parse does', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ name: 'SchemaError', code: 'MALFORMED_JSON' }),
    );
  });

  it('says where', () => {
    expect(() => parseJson('{"a":tru}')).toThrow(
      'Malformed JSON: expected a value at offset 5, found something else.',
    );
    expect(() => parseJson('[1,2')).toThrow(
      'Malformed JSON: expected "," or "]" at offset 4, found the end.',
    );
  });

  it('refuses what would exhaust the stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow('at most 200 levels');
    expect(parseJson('['.repeat(200) + ']'.repeat(200))).toHaveLength(1);
  });

  it('takes UTF-8 bytes, and refuses others', () => {
    expect(parseJson(new TextEncoder().encode('{"é":"😀"}'))).toStrictEqual({ é: '😀' });
    const error = (() => {
      try {
        return parseJson(new Uint8Array([0x22, 0xff, 0x22]));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(isSchemaError(error, 'MALFORMED_JSON')).toBe(true);
  });

  it('agrees with JSON.parse on any JSON, and prints it back', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = parseJson(text);
        expect(asFloats(value)).toStrictEqual(JSON.parse(text));
        expect(parseJson(stringifyJson(value))).toStrictEqual(value);
      }),
    );
  });

  it('accepts and refuses exactly what JSON.parse does, when characters are changed', () => {
    const seed = String.raw`{"a":[1.50,-2e3,true,null,"x\n"],"b":{}}`;
    const characters = String.raw`{}[]",:0123456789.-+eEtrufalsn\ `.split('');
    fc.assert(
      fc.property(fc.nat(seed.length - 1), fc.constantFrom('', ...characters), (at, character) => {
        const text = seed.slice(0, at) + character + seed.slice(at + 1);
        expect(outcome(() => asFloats(parseJson(text)))).toStrictEqual(
          outcome(() => JSON.parse(text)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
