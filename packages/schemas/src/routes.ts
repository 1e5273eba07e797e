import type * as z from 'zod/mini';
import type { JsonObject, JsonValue } from './json/json-value.ts';
import { RawNumber } from './json/raw-number.ts';
import { readText } from './read.ts';

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

const CHANNEL_FIRST = '{"channel":"';

/**
 * A frame whose channel stands first in its text, where every socket of the second version has it, by
 * the channel's schema at once; `undefined` of any other text, and of one that has to be looked at
 * more closely.
 */
export function readFrame<T extends object>(
  schemas: Readonly<Record<string, z.ZodMiniType<T>>>,
  text: string,
): T | undefined {
  if (!text.startsWith(CHANNEL_FIRST)) return undefined;
  const end = text.indexOf('"', CHANNEL_FIRST.length);
  const channel = text.slice(CHANNEL_FIRST.length, end);
  // The one schema that has no type, and so cannot refuse one that is not known.
  const schema = channel === 'heartbeat' ? undefined : lookUp(schemas, channel);
  const frame = schema && readText(schema, text);
  return frame === undefined || 'method' in frame ? undefined : frame;
}

/** A row of a table by a key that came from outside, where `constructor` is no row. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
