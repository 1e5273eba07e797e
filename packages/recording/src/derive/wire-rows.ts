import { type JsonObject, type JsonValue, RawNumber, stringifyJson } from '@kr/schemas/json';
import { parseTimestamp } from '@kr/schemas/shared';
import { type Cell, type ColumnType, columnsOf, type TableName } from './tables.ts';

/** A message's value as a column of that type holds it; `undefined` when it is none. */
export function cellOf(value: JsonValue | undefined, type: ColumnType): Cell {
  if (value === undefined || value === null) return undefined;
  if (type === 'decimal') return numberText(value);
  if (type === 'integer') return integerOf(value);
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type === 'text') return typeof value === 'string' ? value : stringifyJson(value);
  return typeof value === 'string' ? parseTimestamp(value) : undefined;
}

function numberText(value: JsonValue): string | undefined {
  if (value instanceof RawNumber) return value.text;
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

function integerOf(value: JsonValue): number | bigint | undefined {
  if (typeof value === 'number') return value;
  const text = numberText(value);
  return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

/** Makes rows of a channel's items whose columns have the wire's names. */
export function createItemReader(
  table: TableName,
  renamed: Readonly<Record<string, string>> = {},
): (item: JsonObject, given: Readonly<Record<string, Cell>>) => Record<string, Cell> {
  const columns = columnsOf(table).map(
    ([name, type]) => [name, renamed[name] ?? name, type] as const,
  );
  return (item, given) => {
    const row: Record<string, Cell> = {};
    for (const [name, key, type] of columns) {
      row[name] = name in given ? given[name] : cellOf(item[key], type);
    }
    return row;
  };
}
