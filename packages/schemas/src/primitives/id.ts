import type * as z from 'zod/mini';
import { isNumberText, RawNumber } from '../json/raw-number.ts';
import { createLeafSchema } from './leaf.ts';

type WireId = RawNumber | number | string;

function isRawId(value: unknown): boolean {
  return value instanceof RawNumber ? /^\d+$/.test(value.text) : Number.isSafeInteger(value);
}

function isWireId(value: unknown): value is WireId {
  return typeof value === 'string' || isRawId(value);
}

/** An id that the wire prints as a number and that can pass 2^53: decodes to its digits. */
export const idSchema: z.ZodMiniType<string, WireId> = createLeafSchema({
  expected: 'an id',
  accepts: isWireId,
  acceptsStrictly: isRawId,
  decode: String,
  encode: (text) => (isNumberText(text) ? new RawNumber(text) : text),
  isDecoded: (value) => typeof value === 'string',
  keepsDigits: 'whole',
  wireJsonSchema: { type: 'integer' },
  decodedJsonSchema: { type: 'string' },
});
