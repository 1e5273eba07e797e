import { OrderBookError } from './errors.ts';
import { type Json, type JsonObject, NumberText } from './json-reader.ts';

const CHECKSUM = /^(?:0|[1-9]\d{0,9})$/;

/** v2 prints JSON numbers, v1 texts. */
export function parseNumber(value: Json | undefined): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value === 'string') return value;
  throw malformed('level', 'a price and a quantity');
}

export function parseChecksum(value: Json | undefined, field: string): number | undefined {
  if (value === undefined) return undefined;
  const text = value instanceof NumberText ? value.text : value;
  const checksum = typeof text === 'string' && CHECKSUM.test(text) ? Number(text) : -1;
  if (checksum < 0 || checksum > 0xffffffff) throw malformed(field, 'an unsigned 32-bit integer');
  return checksum;
}

export function malformed(field: string, expected: string): OrderBookError {
  return new OrderBookError(
    'MALFORMED_FRAME',
    `A book frame whose ${field} is not ${expected}. Take a new snapshot: what it said is lost.`,
    { field },
  );
}

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;
