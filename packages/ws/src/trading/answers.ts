import { type Ack, isRecord } from '../protocol/incoming.ts';

/** What an answer is read for; whatever is missing or of another type is `undefined`. */
export interface AnswerRow {
  readonly orderId: string | undefined;
  readonly error: string | undefined;
  readonly isRefused: boolean;
  readonly warnings: readonly string[];
}

/** A text that an answer must have to be one; an empty one counts as missing. */
export function textOf(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export function countOf(value: unknown, name: string): number | undefined {
  const count = isRecord(value) ? value[name] : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : undefined;
}

export function warningsOf(value: unknown): readonly string[] {
  const warnings = isRecord(value) ? value['warnings'] : undefined;
  return Array.isArray(warnings) ? warnings.filter((text) => typeof text === 'string') : [];
}

/** Of a batch, one an order in their order: an array, or an object that has one; both were seen. */
export function rowsOf({ result }: Pick<Ack, 'result'>): readonly AnswerRow[] {
  const rows: unknown = isRecord(result) ? result['orders'] : result;
  return Array.isArray(rows) ? rows.map(rowOf) : [];
}

function rowOf(row: unknown): AnswerRow {
  const error = textOf(row, 'error');
  return {
    orderId: textOf(row, 'order_id'),
    error,
    isRefused: error !== undefined || (isRecord(row) && row['success'] === false),
    warnings: warningsOf(row),
  };
}
