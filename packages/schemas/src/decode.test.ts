import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseText } from './parse-with.ts';
import { isSchemaError } from './schema-error.ts';
import { strictOf } from './strict.ts';

const even = z.refine((value) => Array.isArray(value) && value.length % 2 === 0);

/** Schemas that are not ours, with checks that only zod knows, and texts for each. */
const cases: readonly (readonly [string, z.ZodMiniType, readonly unknown[]])[] = [
  ['an e-mail', z.email(), ['nobody', 'some@one.org']],
  ['a uuid', z.uuid(), ['1', '2b5d2f4e-8a54-4c42-9d4a-0a5b6ad94d1b']],
  ['an ISO date', z.iso.date(), ['yesterday', '2024-02-30', '2024-02-29']],
  ['an ISO time stamp', z.iso.datetime(), ['2024-02-29', '2024-02-29T00:00:00Z']],
  ['a checked e-mail', z.string().check(z.email()), ['nobody', 'some@one.org']],
  ['a trimmed string', z.string().check(z.trim(), z.minLength(1)), ['  ', ' a ']],
  ['a sticky pattern', z.string().check(z.regex(/a/gy)), ['ab', 'ab', 'ab', 'ba']],
  ['a coerced string', z.coerce.string(), [1, 'a']],
  ['a positive integer', z.int().check(z.positive()), [-1, 0, 1]],
  ['a refined boolean', z.boolean().check(z.refine((value) => value)), [true, false]],
  [
    'a refined literal',
    z.nullable(z.string()).check(z.refine((text) => text !== null)),
    [null, 'a'],
  ],
  [
    'a refined object',
    z.looseObject({ low: z.int(), high: z.int() }).check(z.refine(({ low, high }) => low < high)),
    [
      { low: 2, high: 1 },
      { low: 1, high: 2 },
    ],
  ],
  ['a refined tuple', z.tuple([z.int()], z.unknown()).check(even), [[1], [1, 2]]],
  ['a refined array', z.array(z.int()).check(even), [[1], [1, 2]]],
  [
    'a record of known keys',
    z.record(z.string().check(z.regex(/^[A-Z]+$/)), z.int()),
    [{ a: 1 }, { A: 1 }],
  ],
  ['a record by an enumeration', z.record(z.enum(['a', 'b']), z.int()), [{ a: 1 }, { a: 1, b: 2 }]],
  [
    'a default inside an optional field',
    z.object({ a: z.optional(z.prefault(z.int(), 5)) }),
    [{}, { a: 1 }],
  ],
];

function outcomeOf(schema: z.ZodMiniType, value: unknown): unknown {
  try {
    return parseText(schema, JSON.stringify(value));
  } catch (error) {
    if (isSchemaError(error)) return error.code;
    throw error;
  }
}

describe('parseText', () => {
  it.each(cases)('takes and refuses of %s what zod does', (_name, schema, values) => {
    for (const value of values) {
      const expected = z.safeParse(schema, value);
      expect(outcomeOf(schema, value)).toStrictEqual(
        expected.success ? expected.data : 'INVALID_MESSAGE',
      );
    }
  });
});

describe('strictOf', () => {
  it.each(cases)('refuses of %s all that the schema itself refuses', (_name, schema, values) => {
    for (const value of values.filter((one) => !z.safeParse(schema, one).success)) {
      expect(z.safeParse(strictOf(schema), value).success).toBe(false);
    }
  });
});
