import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  idSchema,
  integerSchema,
  keyedObject,
  openEnum,
  openIntegers,
  openObject,
  timestampSchema,
  uint32Schema,
} from '../../src/primitives/index.ts';
import { differencesOf } from './differences.ts';
import { readFields } from './read-fields.ts';
import { shapeOf } from './shape-of.ts';

function differences(documented: string, schema: z.core.$ZodType): string[] {
  const [row] = readFields(`frame x = ${documented}`, new Map());
  if (row === undefined) throw new Error('nothing documented');
  return differencesOf(row.shape, shapeOf(schema, new Set()));
}

const row = openObject({ price: decimalSchema, side: openEnum(['buy', 'sell']) });

describe('differencesOf', () => {
  it.each<[string, z.core.$ZodType]>([
    ['{price: d; side: buy|sell}', row],
    [
      '{a b?: s; "c-d"~: i}',
      openObject({
        a: z.string(),
        b: z.optional(z.string()),
        'c-d': z.optional(z.nullable(integerSchema)),
      }),
    ],
    [
      '[(ds, id, t?)]',
      z.array(z.tuple([decimalStringSchema, idSchema, z.optional(timestampSchema)])),
    ],
    ['{*: u32; last: i}', keyedObject({ last: integerSchema }, uint32Schema)],
    [
      "<{type: 'a'; x: b}, {type: 'b'; x: null}>",
      z.discriminatedUnion('type', [
        openObject({ type: z.literal('b'), x: z.null() }),
        openObject({ type: z.literal('a'), x: z.boolean() }),
      ]),
    ],
    ['10|25/null', z.nullable(openIntegers([25, 10]))],
    ['a|"b c"!', z.enum(['a', 'b c'])],
    ['any', z.unknown()],
  ])('finds none between %s and what says the same', (documented, schema) => {
    expect(differences(documented, schema)).toStrictEqual([]);
  });

  it.each<[string, z.core.$ZodType, string]>([
    ['{price: d; side: buy|sell; qty: d}', row, 'qty: not in the schema'],
    ['{price: d}', row, 'side: not documented'],
    [
      '{price: ds; side: buy|sell}',
      row,
      'price: documented as a decimal string, in the schema a decimal, a number on the wire',
    ],
    ['{price?: d; side: buy|sell}', row, 'price: required in the schema alone'],
    [
      '{price: d/null; side: buy|sell}',
      row,
      'price: documented as a decimal, a number on the wire or null, in the schema a decimal, a number on the wire',
    ],
    ['{price: d; side: buy|sell|short}', row, 'side: the value short is not in the schema'],
    ['{price: d; side: buy}', row, 'side: the value sell is not documented'],
    [
      '{price: d; side: buy|sell!}',
      row,
      'side: documented as only buy, sell, in the schema one of buy, sell',
    ],
    [
      'i',
      uint32Schema,
      'it: documented as an integer, in the schema an unsigned integer of 32 bits',
    ],
    ['i', openIntegers([1]), 'it: documented as an integer, in the schema one of 1'],
    [
      '[{price: d; side: s}]',
      z.array(row),
      '[].side: documented as a string, in the schema one of buy, sell',
    ],
    [
      '{*: s}',
      z.record(z.string(), integerSchema),
      '*: documented as a string, in the schema an integer',
    ],
    [
      '(d, s)',
      z.tuple([decimalSchema, integerSchema]),
      '[1]: documented as a string, in the schema an integer',
    ],
    [
      '(d)',
      z.tuple([decimalSchema, integerSchema]),
      'it: documented as a tuple of 1, in the schema a tuple of 2',
    ],
    [
      "<{type: 'a'; x: b}, {type: 'b'}>",
      z.union([openObject({ type: z.literal('b') }), openObject({ type: z.literal('a') })]),
      'x: not in the schema',
    ],
  ])('between %s and another says where and what', (documented, schema, difference) => {
    expect(differences(documented, schema)).toStrictEqual([difference]);
  });

  it('refuses a table that it cannot read', () => {
    expect(() => differences('{a: Unknown}', row)).toThrow('Unexplained names');
    expect(() => differences('{a: s', row)).toThrow('Ends too early');
    expect(() => differences('s s', row)).toThrow('Too much');
    expect(() => differences('{a: §}', row)).toThrow('Unreadable');
  });
});
