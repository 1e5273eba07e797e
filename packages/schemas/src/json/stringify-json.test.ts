import { describe, expect, it } from 'vitest';
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
});
