import type * as z from 'zod/mini';
import { isNumberText, RawNumber } from '../json/raw-number.ts';
import { createLeafSchema } from './leaf.ts';

/** What a decimal looks like before it is decoded: as `parseJson` or `JSON.parse` gives it, or already a string. */
export type WireDecimal = RawNumber | number | string;

const DECIMAL_STRING = {
  type: 'string',
  pattern: '^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?$',
};

function isWireDecimal(value: unknown): value is WireDecimal {
  if (value instanceof RawNumber) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return isDecimalString(value);
}

function isRawDecimal(value: unknown): boolean {
  return value instanceof RawNumber || (typeof value === 'number' && Number.isFinite(value));
}

function isDecimalString(value: unknown): value is string {
  return typeof value === 'string' && isNumberText(value);
}

function digitsOf(value: WireDecimal): string {
  if (value instanceof RawNumber) return value.text;
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * A JSON number that is not a count: a price, a quantity, a rate. Decodes to the wire's digits as a
 * string (`'0.00005100'`, `'1e-08'`), encodes to the same digits raw. A string is taken too (some
 * pages document one where the wire has a number), and so is a float of `JSON.parse`, which has lost
 * its zeros before it came here.
 */
export const decimalSchema: z.ZodMiniType<string, WireDecimal> = createLeafSchema({
  expected: 'a decimal',
  accepts: isWireDecimal,
  acceptsStrictly: isRawDecimal,
  decode: digitsOf,
  encode: (digits) => new RawNumber(digits),
  isDecoded: isDecimalString,
  keepsDigits: 'any',
  wireJsonSchema: { type: 'number' },
  decodedJsonSchema: DECIMAL_STRING,
});

/** A decimal that the wire prints as a string, as most of Spot REST and Spot v1 does. */
export const decimalStringSchema: z.ZodMiniType<string> = createLeafSchema({
  expected: 'a decimal string',
  accepts: isDecimalString,
  acceptsStrictly: isDecimalString,
  decode: (digits) => digits,
  encode: (digits) => digits,
  isDecoded: isDecimalString,
  wireJsonSchema: DECIMAL_STRING,
  decodedJsonSchema: DECIMAL_STRING,
});

/** A decimal that the wire prints both ways; encodes to a string. */
export const decimalOrStringSchema: z.ZodMiniType<string, WireDecimal> = createLeafSchema({
  expected: 'a decimal or a decimal string',
  accepts: isWireDecimal,
  acceptsStrictly: isWireDecimal,
  decode: digitsOf,
  encode: (digits) => digits,
  isDecoded: isDecimalString,
  keepsDigits: 'any',
  wireJsonSchema: { anyOf: [{ type: 'number' }, DECIMAL_STRING] },
  decodedJsonSchema: DECIMAL_STRING,
});
