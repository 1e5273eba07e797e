import type { Row } from './message.ts';

/** Answers for each row of the connections' messages whether it is new. */
export type RowFilter = (row: Row) => boolean;

/** Ids that are remembered: far more than one connection lags behind the other. */
const MAX_IDS = 10_000;

/**
 * How the same channel from several connections becomes one stream, whatever their batches: trades by
 * their id, and executions by theirs, for one that only the slower connection brought is told late
 * rather than not at all; a ticker and a candle by their time.
 */
const FILTERS: ReadonlyMap<string, () => RowFilter> = new Map([
  ['trade', unseen('trade_id')],
  ['executions', unseen('exec_id')],
  ['ticker', newest('timestamp')],
  ['ohlc', newest('timestamp', 'interval_begin')],
]);

/** `undefined` for a channel whose messages cannot be told apart: it follows one connection at a time. */
export function createRowFilter(channel: string): RowFilter | undefined {
  return FILTERS.get(channel)?.();
}

/** Rows that were not seen; one without the id is told by all that it says. */
function unseen(field: string): () => RowFilter {
  return () => {
    const ids = new Set<string>();
    return (row) => {
      const said = row[field];
      const isId = typeof said === 'string' || typeof said === 'number';
      const id = isId ? String(said) : JSON.stringify(row);
      if (ids.has(id)) return false;
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > MAX_IDS && oldest !== undefined) ids.delete(oldest);
      return true;
    };
  };
}

/** RFC 3339 texts of one exchange sort as times. A row without one cannot be judged and passes. */
function newest(field: string, keyField?: string): () => RowFilter {
  return () => {
    let lastKey = '';
    let last = '';
    return (row) => {
      const time = row[field];
      const key = keyField === undefined ? '' : String(row[keyField]);
      if (typeof time !== 'string') return true;
      if (key < lastKey || (key === lastKey && time <= last)) return false;
      lastKey = key;
      last = time;
      return true;
    };
  };
}
