import {
  BIGINT,
  BOOLEAN,
  DECIMAL,
  DuckDBDecimalValue,
  DuckDBTimestampNanosecondsValue,
  type DuckDBType,
  type DuckDBValue,
  TIMESTAMP_NS,
  VARCHAR,
} from '@duckdb/node-api';
import type { Cell, ColumnType } from '../derive/tables.ts';
import { RecordingError } from '../errors.ts';

/** Every decimal column: 20 digits before the point and 18 after hold whatever Kraken prints. */
const PRECISION = 38;
const SCALE = 18;
const LIMIT = 10n ** BigInt(PRECISION);
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const TYPES: Readonly<Record<ColumnType, { readonly sql: string; readonly type: DuckDBType }>> = {
  text: { sql: 'VARCHAR', type: VARCHAR },
  decimal: { sql: `DECIMAL(${PRECISION},${SCALE})`, type: DECIMAL(PRECISION, SCALE) },
  timestamp: { sql: 'TIMESTAMP_NS', type: TIMESTAMP_NS },
  integer: { sql: 'BIGINT', type: BIGINT },
  boolean: { sql: 'BOOLEAN', type: BOOLEAN },
};

export function sqlTypeOf(type: ColumnType): string {
  return TYPES[type].sql;
}

export function duckTypeOf(type: ColumnType): DuckDBType {
  return TYPES[type].type;
}

/** @throws RecordingError `INVALID_FRAME` for a decimal or an integer that its column cannot hold exactly. */
export function duckValueOf(cell: Cell, type: ColumnType): DuckDBValue {
  if (cell === undefined) return null;
  if (type === 'decimal') return new DuckDBDecimalValue(scaled(String(cell)), PRECISION, SCALE);
  if (type === 'timestamp') return new DuckDBTimestampNanosecondsValue(BigInt(cell));
  if (type === 'integer') return integer(BigInt(cell));
  return cell;
}

function integer(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw unfit(String(value), 'a whole number of 64 bits');
}

/** The decimal times 10^18, exactly. */
export function scaled(text: string): bigint {
  const point = text.indexOf('.');
  if (point > 0 && text.length - point <= SCALE + 1 && text.length <= 37 && !/[eE]/.test(text)) {
    return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(SCALE, '0'));
  }
  const found = PLAIN.exec(text);
  if (found === null) throw unfit(text, 'a decimal');
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const digits = whole + fraction;
  const shift = SCALE - fraction.length + Number(exponent);
  const value =
    shift >= 0
      ? BigInt(digits) * 10n ** BigInt(Math.min(shift, 2 * PRECISION))
      : divideExactly(BigInt(digits), 10n ** BigInt(Math.min(-shift, 2 * PRECISION)), text);
  if (value >= LIMIT) throw unfit(text, sqlTypeOf('decimal'));
  return sign === '-' ? -value : value;
}

function divideExactly(value: bigint, by: bigint, text: string): bigint {
  if (value % by === 0n) return value / by;
  throw unfit(text, sqlTypeOf('decimal'));
}

function unfit(text: string, what: string): RecordingError {
  return new RecordingError(
    'INVALID_FRAME',
    `${text} is not exactly ${what}, so no column of the Parquet files can hold it. ` +
      'The journal keeps it; export the table as CSV or NDJSON instead.',
  );
}
