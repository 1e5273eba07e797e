import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeForm, encodeJson, type Params, type ParamValue } from './encode-params.ts';

const decimal = fc.stringMatching(/^\d{1,12}(\.\d{1,10})?$/);
const name = fc.stringMatching(/^[a-z_]{1,10}$/).filter((key) => key !== '__proto__');

describe('encodeForm', () => {
  it('encodes what a plus, a percent and a hash would break', () => {
    expect(encodeForm({ expiretm: '+60', price: '+2%', price2: '#5', s: 'a b&c=d' })).toBe(
      'expiretm=%2B60&price=%2B2%25&price2=%235&s=a+b%26c%3Dd',
    );
  });

  it('keeps the order, leaves out undefined and keeps what is empty', () => {
    expect(encodeForm({ b: 1, a: true, gone: undefined, c: '' })).toBe('b=1&a=true&c=');
  });

  it('writes a nested object with brackets, as the conditional close has it', () => {
    const close = { ordertype: 'limit', price: '37000', price2: undefined };
    expect(decodeURIComponent(encodeForm({ close }))).toBe(
      'close[ordertype]=limit&close[price]=37000',
    );
  });

  it('joins a list by commas', () => {
    expect(encodeForm({ txid: ['OAAA', 'OBBB'] })).toBe('txid=OAAA%2COBBB');
  });

  it('writes nested values as JSON for Futures', () => {
    const json = { batchOrder: [{ order: 'cancel', order_id: '1' }] };
    expect(encodeForm({ json }, 'futures')).toBe(
      'json=%7B%22batchOrder%22%3A%5B%7B%22order%22%3A%22cancel%22%2C%22order_id%22%3A%221%22%7D%5D%7D',
    );
  });

  it('repeats the key of a list for Futures, and writes a list of objects as JSON', () => {
    const orderIds = ['a&b', 'c'];
    expect(encodeForm({ orderIds, n: 1, none: [] }, 'futures')).toBe(
      'orderIds=a%26b&orderIds=c&n=1',
    );
    expect(encodeForm({ rows: [{ id: 1n }] }, 'futures')).toBe(
      'rows=%5B%7B%22id%22%3A%221%22%7D%5D',
    );
  });

  it('is read back to the same texts', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (params) => {
        const read = Object.fromEntries(new URLSearchParams(encodeForm(params)));
        expect(read).toEqual({ ...params });
      }),
    );
  });

  it.each<[string, ParamValue]>([
    ['orders', [{ ordertype: 'limit' }]],
    ['txid', ['OAAA,OBBB']],
    ['txid', ['OAAA', undefined]],
  ])('refuses a list that a form cannot carry: %s', (field, value) => {
    expect(() => encodeForm({ [field]: value })).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAMETER', context: { field } }),
    );
  });
});

describe('encodeJson', () => {
  it('keeps numbers numbers, texts texts and the order', () => {
    expect(encodeJson({ nonce: 1_616_492_376_594n, price: 37500, volume: '1.250', ok: true })).toBe(
      '{"nonce":"1616492376594","price":37500,"volume":"1.250","ok":true}',
    );
  });

  it('carries objects and lists, and leaves out undefined', () => {
    const orders = [{ ordertype: 'limit', price: '1.0', gone: undefined }];
    expect(encodeJson({ orders, close: { price: '2' }, gone: undefined })).toBe(
      '{"orders":[{"ordertype":"limit","price":"1.0"}],"close":{"price":"2"}}',
    );
  });

  it('keeps every digit of a decimal text', () => {
    fc.assert(
      fc.property(fc.dictionary(name, decimal), (params) => {
        expect(JSON.parse(encodeJson(params))).toEqual({ ...params });
      }),
    );
  });
});

describe.each([
  ['encodeForm', encodeForm],
  ['encodeJson', encodeJson],
])('%s', (_, encode) => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7, 2 ** 53, -(2 ** 60)])(
    'refuses the number %d, which does not print exactly',
    (volume) => {
      expect(() => encode({ order: { volume } })).toThrow(/decimal text or a bigint/);
    },
  );

  it.each([0, -1, 1.5, 0.000001, Number.MAX_SAFE_INTEGER])('takes the number %d', (volume) => {
    expect(encode({ volume })).toContain(String(volume));
  });

  it.each([
    ['null', null],
    ['Date', new Date(0)],
    ['Map', new Map([['a', 1]])],
    ['function', () => 1],
    ['symbol', Symbol('x')],
  ])('refuses %s, which would go out as nothing or as something else', (kind, value) => {
    for (const params of [{ a: value }, { a: { b: value } }, { a: { b: { c: value } } }]) {
      expect(() => encode(params as object as Params)).toThrow(
        expect.objectContaining({
          code: 'INVALID_PARAMETER',
          message: expect.stringContaining(`kind ${kind},`) as string,
        }),
      );
    }
  });

  it('refuses half a character, and takes a whole one', () => {
    expect(() => encode({ note: 'a\uD83D' })).toThrow('lone surrogate');
    expect(() => encode({ close: { note: '\uDE00' } })).toThrow('lone surrogate');
    expect(encode({ note: '\u{1F600}' })).toMatch(/%F0%9F%98%80|\u{1F600}/u);
  });

  it('takes an object without a prototype', () => {
    expect(encode({ a: Object.assign(Object.create(null) as object, { b: '1' }) })).toContain('1');
  });
});
