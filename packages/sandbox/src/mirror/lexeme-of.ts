import { type JsonValue, RawNumber } from '@kr/schemas/json';

/** A number of a message with its digits, or a text; empty for everything else, which no decimal is. */
export function lexemeOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || value instanceof RawNumber ? String(value) : '';
}
