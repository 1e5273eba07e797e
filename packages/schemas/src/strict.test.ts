import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseText } from './parse-with.ts';
import {
  decimalSchema,
  idSchema,
  keyedObject,
  openEnum,
  openIntegers,
  openObject,
  uint32Schema,
} from './primitives/index.ts';
import { parseStrictly, strictOf } from './strict.ts';
import { routeWsMessage } from './ws/message.ts';

const schema = openObject({
  side: openEnum(['buy', 'sell']),
  price: z.optional(decimalSchema),
  id: z.optional(z.nullable(idSchema)),
  rows: z.optional(z.array(z.tuple([decimalSchema], z.unknown()))),
});

describe('strictOf', () => {
  it('takes what is documented', () => {
    const text = '{"side":"buy","price":1.50,"id":18446744073709551615,"rows":[[1.0]]}';
    expect(parseText(strictOf(schema), text)).toStrictEqual({
      side: 'buy',
      price: '1.50',
      id: '18446744073709551615',
      rows: [['1.0']],
    });
  });

  it.each([
    ['{"side":"buy","extra":1}', 'unknown field at extra'],
    ['{"side":"both"}', 'expected "buy" or "sell" at side'],
    ['{"side":"buy","price":"1.50"}', 'expected a decimal, received string at price'],
    ['{"side":"buy","id":"7"}', 'expected an id, received string at id'],
    ['{"side":"buy","rows":[[1.0,2]]}', 'expected at most 1 at rows[0]'],
    ['{"price":1.50}', 'expected "buy" or "sell" at side'],
  ])('refuses %s', (text, message) => {
    expect(() => parseText(strictOf(schema), text)).toThrow(message);
  });

  it.each([
    ['{"depth":11,"checksum":1}', 'expected 10 or 25 at depth'],
    ['{"depth":"10","checksum":1}', 'expected 10 or 25 at depth'],
    ['{"depth":10,"checksum":4294967296}', 'expected at most 4294967295 at checksum'],
    ['{"depth":10,"checksum":-1}', 'expected at least 0 at checksum'],
  ])('refuses %s, which is open to what comes', (text, message) => {
    const numbers = openObject({ depth: openIntegers([10, 25]), checksum: uint32Schema });
    expect(() => parseText(strictOf(numbers), text)).toThrow(message);
    expect(parseText(strictOf(numbers), '{"depth":25,"checksum":4294967295}')).toMatchObject({
      depth: 25,
    });
    expect(parseText(numbers, '{"depth":11,"checksum":4294967296}')).toMatchObject({ depth: 11 });
  });

  it('leaves the open schema open', () => {
    strictOf(schema);
    expect(parseText(schema, '{"side":"both","price":"1.50","extra":1}')).toMatchObject({
      side: 'both',
      price: '1.50',
      extra: 1,
    });
  });

  it('keeps what is keyed by names, and is strict about what is under them', () => {
    const keyed = strictOf(keyedObject({ last: decimalSchema }, openObject({ a: decimalSchema })));
    expect(parseText(keyed, '{"XXBTZUSD":{"a":1.0},"last":5}')).toStrictEqual({
      XXBTZUSD: { a: '1.0' },
      last: '5',
    });
    expect(() => parseText(keyed, '{"XXBTZUSD":{"a":1.0,"b":1},"last":5}')).toThrow(
      'unknown field at XXBTZUSD.b',
    );
  });

  it('is made once', () => {
    expect(strictOf(schema)).toBe(strictOf(schema));
  });
});

describe('parseStrictly', () => {
  it('refuses a message that is not known', () => {
    expect(() => parseStrictly(routeWsMessage, '{"channel":"weather"}')).toThrow('unknown message');
    expect(parseStrictly(routeWsMessage, '{"channel":"heartbeat"}')).toStrictEqual({
      channel: 'heartbeat',
    });
    expect(() => parseStrictly(routeWsMessage, '{"channel":"heartbeat","beat":1}')).toThrow(
      'Invalid heartbeat: unknown field at beat.',
    );
  });
});
