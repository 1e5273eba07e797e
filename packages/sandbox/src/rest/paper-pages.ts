import { textOf, type WireParams } from './request-params.ts';

const PAGE = 50;

export function idsOf(value: unknown): string[] {
  return (textOf(value) ?? '').split(',').map((id) => id.trim());
}

/** The rows between `start` (exclusive) and `end` (inclusive): seconds, or the id of a row. Rows come oldest first. */
export function within<T>(
  rows: readonly T[],
  params: WireParams,
  idOf: (row: T) => string,
  timeOf: (row: T) => bigint,
): readonly T[] {
  const bound = (value: unknown): bigint | undefined => {
    const text = textOf(value);
    if (text === undefined || text === '') return undefined;
    if (/^\d+(?:\.\d+)?$/.test(text)) return BigInt(Math.round(Number(text) * 1e6)) * 1_000n;
    const row = rows.find((each) => idOf(each) === text);
    return row === undefined ? undefined : timeOf(row);
  };
  const start = bound(params['start']);
  const end = bound(params['end']);
  return rows.filter((row) => {
    const time = timeOf(row);
    return (start === undefined || time > start) && (end === undefined || time <= end);
  });
}

/** Fifty rows from `ofs` on, by id, and how many there are. Rows come newest first. */
export function pageOf<T>(
  name: string,
  rows: readonly T[],
  params: WireParams,
  body: (row: T) => readonly [id: string, body: unknown],
): unknown {
  const offset = Number(params['ofs'] ?? 0);
  const page = { [name]: Object.fromEntries(rows.slice(offset, offset + PAGE).map(body)) };
  return String(params['without_count']) === 'true' ? page : { ...page, count: rows.length };
}
