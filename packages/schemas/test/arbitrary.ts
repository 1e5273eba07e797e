import * as fc from 'fast-check';
import type * as z from 'zod/mini';
import { RawNumber } from '../src/json/raw-number.ts';
import { leafOf } from '../src/primitives/leaf.ts';
import { knownUnionOf, knownValuesOf } from '../src/primitives/open.ts';
import { definitionOf, isOptional, patternOf } from '../src/zod-internals.ts';

/*
 * Wire values of a schema: what `parseJson` gives of a message that Kraken could send. Numbers
 * print the way the wire prints them, so that a round trip must give the same text.
 */

const digits = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.nat(99_999_999),
    fc.option(fc.stringMatching(/^\d{1,8}$/), { nil: undefined }),
    fc.constantFrom('', '', '', 'e-08', 'E+2'),
  )
  .map(([sign, whole, fraction, exponent]) => {
    return `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent}`;
  });

/** As `parseJson` reads it: an integer that is safe is a number. */
function wireNumber(text: string): number | RawNumber {
  return /^-?\d+$/.test(text) && text !== '-0' ? Number(text) : new RawNumber(text);
}

const decimal = digits.map((text) => wireNumber(text));

const leaves: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'a decimal': decimal,
  'a decimal string': digits,
  // A string of it would come back as a string: the one leaf that prints in two ways.
  'a decimal or a decimal string': digits,
  'an id': fc
    .bigInt({ min: 0n, max: 2n ** 64n - 1n })
    .map((id) => (id > BigInt(Number.MAX_SAFE_INTEGER) ? new RawNumber(`${id}`) : Number(id))),
};

const word = fc.stringMatching(/^[A-Za-z0-9 /_.:-]{0,12}$/);

const byType: Readonly<Record<string, (own: never) => fc.Arbitrary<unknown>>> = {
  string: (own: z.core.$ZodStringDef) => {
    const pattern = patternOf(own);
    return pattern === undefined ? word : fc.stringMatching(pattern);
  },
  number: () => fc.nat(),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  unknown: () => fc.oneof(word, fc.nat(), fc.constant(null), fc.constant({})),
  literal: (own: z.core.$ZodLiteralDef<never>) => fc.constantFrom(...own.values),
  enum: (own: z.core.$ZodEnumDef) => fc.constantFrom(...Object.values(own.entries)),
  optional: (own: z.core.$ZodOptionalDef) => arbitraryOf(own.innerType),
  nullable: (own: z.core.$ZodNullableDef) =>
    fc.option(arbitraryOf(own.innerType), { nil: null, freq: 4 }),
  array: (own: z.core.$ZodArrayDef) => fc.array(arbitraryOf(own.element), { maxLength: 3 }),
  tuple: (own: z.core.$ZodTupleDef) => fc.tuple(...own.items.map((item) => arbitraryOf(item))),
  record: (own: z.core.$ZodRecordDef) =>
    fc.dictionary(fc.stringMatching(/^[A-Z]{1,6}$/), arbitraryOf(own.valueType), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  object: (own: z.core.$ZodObjectDef) => objectOf(own),
  union: (own: z.core.$ZodUnionDef) =>
    fc.oneof(...own.options.map((option) => arbitraryOf(option))),
  custom: () => fc.constant(new Uint8Array([1, 2, 3])),
};

export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const leaf = leafOf(schema);
  if (leaf !== undefined) return leaves[leaf.expected] ?? missing(leaf.expected);
  const values = knownValuesOf(schema);
  if (values !== undefined) return fc.constantFrom(...values);
  const union = knownUnionOf(schema);
  if (union !== undefined) return arbitraryOf(union);
  const definition = definitionOf(schema);
  return (byType[definition.type] ?? missing)(definition as never);
}

function missing(type: unknown): never {
  throw new Error(`No arbitrary for ${JSON.stringify(type)}.`);
}

function objectOf(own: z.core.$ZodObjectDef): fc.Arbitrary<unknown> {
  const fields = Object.entries(own.shape);
  const required = fields.filter(([, field]) => !isOptional(field)).map(([key]) => key);
  const record = fc.record(
    Object.fromEntries(fields.map(([key, field]) => [key, arbitraryOf(field)])),
    { requiredKeys: required, noNullPrototype: true },
  );
  const { catchall } = own;
  if (catchall === undefined || ['unknown', 'never'].includes(definitionOf(catchall).type)) {
    return record;
  }
  const others = fc.dictionary(fc.stringMatching(/^[A-Z]{2,6}$/), arbitraryOf(catchall), {
    maxKeys: 2,
    noNullPrototype: true,
  });
  return fc.tuple(record, others).map(([known, more]) => ({ ...more, ...known }));
}
