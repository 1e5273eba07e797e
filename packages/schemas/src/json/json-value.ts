import type { RawNumber } from './raw-number.ts';

/**
 * JSON with nothing lost. An integer that a number holds exactly is a number; every other number is
 * a {@link RawNumber}, so the same digits are always the same type.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | RawNumber
  | readonly JsonValue[]
  | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}
