/**
 * The few building blocks of which every schema is made. They are zod schemas with the exactness
 * and the openness of this package: numbers keep their digits, objects their unknown fields,
 * enumerations their unknown values.
 */
import * as z from 'zod/mini';
import { isNumberText, RawNumber } from './json/raw-number.ts';

/** What a decimal looks like before it is decoded: as parsed by `parseJson`, by `JSON.parse`, or already a string. */
export type WireDecimal = RawNumber | number | string;

function isWireDecimal(value: unknown): value is WireDecimal {
  if (value instanceof RawNumber) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && isNumberText(value);
}

function printDecimal(value: WireDecimal): string {
  if (typeof value === 'string') return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * A JSON number that is not a count: a price, a quantity, a rate. Decodes to the wire's digits as a
 * string (`'0.00005100'`, `'1e-08'`), encodes to the same digits raw. A float, from `JSON.parse`,
 * is taken too, but has lost its zeros before it came here.
 */
export const decimalSchema = /* @__PURE__ */ z.codec(
  /* @__PURE__ */ z.custom<WireDecimal>(isWireDecimal, { params: { expected: 'a decimal' } }),
  /* @__PURE__ */ z.custom<string>((value) => typeof value === 'string' && isNumberText(value), {
    params: { expected: 'a decimal string' },
  }),
  { decode: printDecimal, encode: (text) => new RawNumber(text) },
);

/** A decimal that the wire prints as a string, as most of Spot REST and Spot v1 does. */
export const decimalStringSchema = /* @__PURE__ */ z.custom<string>(
  (value) => typeof value === 'string' && isNumberText(value),
  { params: { expected: 'a decimal string' } },
);

/** An id that the wire prints as a number and that can pass 2^53: decodes to its digits. */
export const idSchema = /* @__PURE__ */ z.codec(
  /* @__PURE__ */ z.custom<RawNumber | number | string>(
    (value) =>
      typeof value === 'string' || value instanceof RawNumber || Number.isSafeInteger(value),
    { params: { expected: 'an id' } },
  ),
  /* @__PURE__ */ z.string(),
  { decode: String, encode: (text) => (isNumberText(text) ? new RawNumber(text) : text) },
);

/** A count, a depth, a precision: an integer that a number holds exactly. */
export const integerSchema = /* @__PURE__ */ z.int();

/** RFC 3339 with a zone: `2023-09-25T09:04:31.742599Z`. Kept as text, `Date` would lose digits. */
export const timestampSchema = /* @__PURE__ */ z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/));

/** A text that is one of these, or one that Kraken has added since. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

const knownValues = /* @__PURE__ */ new WeakMap<z.core.$ZodType, readonly string[]>();

/** A string of which these values are known; another one passes through (and is refused by `strict`). */
export function openEnum<const Values extends readonly string[]>(
  values: Values,
): z.ZodMiniType<Open<Values[number]>, Open<Values[number]>> {
  const schema = z.string() as unknown as z.ZodMiniType<Open<Values[number]>, Open<Values[number]>>;
  knownValues.set(schema, values);
  return schema;
}

/** The values of an {@link openEnum}; `undefined` for any other schema. */
export function knownValuesOf(schema: z.core.$ZodType): readonly string[] | undefined {
  return knownValues.get(schema);
}

/**
 * An object that keeps the fields it does not know. They are left out of the type, so that a
 * misspelt field is an error to the compiler.
 */
export function openObject<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape> {
  return z.looseObject(shape);
}
