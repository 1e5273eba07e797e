import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { RawNumber } from './raw-number.ts';
import { stringifyJson } from './stringify-json.ts';

describe('stringifyJson', () => {
  it('prints raw digits raw', () => {
    expect(stringifyJson({ price: new RawNumber('64525.0'), id: 18446744073709551615n })).toBe(
      '{"price":64525.0,"id":18446744073709551615}',
    );
  });

  it('leaves undefined members out and keeps the order of the others', () => {
    expect(stringifyJson({ b: 1, a: undefined, c: [null, true, 'é"'] })).toBe(
      String.raw`{"b":1,"c":[null,true,"é\""]}`,
    );
  });

  it('keeps the sign of zero', () => {
    expect(stringifyJson([-0, 0])).toBe('[-0,0]');
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [() => 1], [Symbol('x')]])(
    'refuses %s',
    (value) => {
      expect(() => stringifyJson({ a: [value] })).toThrow(/^The value at a\[0\] is .*JSON cannot/);
    },
  );

  it.each([[new Date(0)], [new Map([['a', 1]])], [new Set([1])]])(
    'refuses %s, which would be printed as nothing',
    (value) => {
      expect(() => stringifyJson({ a: { b: value } })).toThrow(
        `The value at a.b is ${value.constructor.name}, which JSON cannot hold.`,
      );
    },
  );

  it('refuses what holds itself, and prints all that can be read', () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    expect(() => stringifyJson(ring)).toThrow(
      expect.objectContaining({ name: 'SchemaError', code: 'UNWRITABLE_VALUE' }),
    );
    const deepest = '['.repeat(200) + ']'.repeat(200);
    expect(stringifyJson(parseJson(deepest))).toBe(deepest);
    expect(() => stringifyJson([parseJson(deepest)])).toThrow('below 200 levels');
  });
});
