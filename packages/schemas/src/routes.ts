import type * as z from 'zod/mini';
import type { JsonObject, JsonValue } from './json/json-value.ts';
import { RawNumber } from './json/raw-number.ts';

/** What a message is, found out from its outside alone, and the schema it must then have. */
export interface Route<T = unknown> {
  /** For people and for reports: `book update`, `subscribe acknowledgement`, `Depth result`. */
  readonly subject: string;
  readonly schema: z.ZodMiniType<T>;
  /** What stands for the message, where Kraken prints it in a way that it does not document. */
  readonly value?: JsonValue | undefined;
}

export function isJsonObject(value: JsonValue): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

/** A row of a table by a key that came from outside, where `constructor` is no row. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
