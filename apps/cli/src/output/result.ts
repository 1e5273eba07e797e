import { RawNumber, stringifyJson } from '@kr/schemas/json';
import type { Terminal } from '../terminal.ts';
import type { Style } from './style.ts';

/** One row; decimals are texts. */
export type Row = Readonly<Record<string, unknown>>;

export interface Column {
  /** The key of the row, the name in CSV, and the title unless there is one. */
  readonly key: string;
  readonly title?: string;
  /** Numbers stand with their points under each other. */
  readonly align?: 'left' | 'decimal';
  /** What a table has of a cell's text. */
  readonly shown?: (text: string) => string;
}

/** How wide and in what colours a text may be. */
export interface TextView {
  /** Infinite where nobody looks. */
  readonly width: number;
  readonly style: Style;
  readonly simulated: boolean;
}

/** A terminal of one's own for a while. */
export interface LiveView {
  readonly terminal: Terminal;
  readonly style: Style;
  readonly simulated: boolean;
}

/** What a command found. It says nothing of how it is printed: `render` does that. */
export interface CommandResult {
  /** What tables and CSV show, the most important first. */
  readonly columns: readonly Column[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** What `-o ndjson` prints instead of the rows: lines as they are, each with its end. */
  readonly lines?: AsyncIterable<string>;
  /** What `-o json` prints instead of an array of the rows. */
  readonly document?: unknown;
  /** What `-o table` prints instead of a table of the rows. */
  readonly text?: (view: TextView) => string;
  /** It goes on as things happen: NDJSON where nobody looks and no form was chosen. */
  readonly isStream?: boolean;
  /** What a terminal shows of it while it goes on, instead of a table at the end. */
  readonly live?: (view: LiveView) => Promise<void>;
  /** What a table says where there are no rows. */
  readonly empty?: string;
  /** A line under the table, for people. */
  readonly footer?: string | undefined;
  readonly exitCode?: number;
  /** Whether it is a sandbox's, where that is not the session's. */
  readonly simulated?: boolean;
  /** What goes on after it was printed: a server. */
  readonly afterwards?: () => Promise<void>;
}

/** One thing with its fields: an object in JSON, a line for each field in a table. */
export const recordResult = (fields: Row, exitCode = 0): CommandResult => ({
  columns: Object.keys(fields).map((key) => ({ key })),
  rows: [fields],
  document: fields,
  text: ({ style }) => formatFields(fields, style),
  exitCode,
});

const formatFields = (fields: Row, style: Style): string => {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...entries.map(([key]) => key.length));
  return entries
    .map(([key, value]) => `${style.heading(key.padEnd(width))}  ${inWords(value)}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
};

/** Of fields with fields of their own: `matched 33, mismatched 0`. */
const inWords = (value: unknown): string =>
  Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof RawNumber)
    ? Object.entries(value as Row)
        .map(([key, part]) => `${key} ${formatCell(part)}`)
        .join(', ')
    : formatCell(value);

/** Absent is empty, never 0. */
export const formatCell = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(formatCell).join(',');
  return typeof value === 'string' ? value : stringifyJson(value);
};
