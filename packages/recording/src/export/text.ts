import { formatTimestamp } from '@kr/schemas/shared';
import type { Cell, ColumnType } from '../derive/tables.ts';

/** A cell as text: times as RFC 3339 with nine digits, decimals as they were printed, absent as nothing. */
export function cellText(cell: Cell, type: ColumnType): string {
  if (cell === undefined) return '';
  return type === 'timestamp' && typeof cell === 'bigint' ? formatTimestamp(cell) : String(cell);
}

/** One line of CSV (RFC 4180, but with LF). */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\n\r]/.test(field) ? quote(field) : field)).join(',')}\n`;
}

/** One line of NDJSON: decimals as strings, so that no reader rounds them; absent cells left out. */
export function ndjsonLine(
  columns: readonly (readonly [string, ColumnType])[],
  row: Readonly<Record<string, Cell>>,
): string {
  const members: string[] = [];
  for (const [name, type] of columns) {
    const cell = row[name];
    if (cell === undefined) continue;
    const isBare = type === 'integer' || type === 'boolean';
    const text = cellText(cell, type);
    members.push(`${JSON.stringify(name)}:${isBare ? text : JSON.stringify(text)}`);
  }
  return `{${members.join(',')}}\n`;
}

function quote(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
