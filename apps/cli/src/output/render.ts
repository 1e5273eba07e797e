import { stringifyJson } from '@kr/schemas/json';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { csvLine } from './csv.ts';
import type { OutputFormat } from './formats.ts';
import { type CommandResult, formatCell, type Row } from './result.ts';
import { createStyle } from './style.ts';
import { fitTable } from './table.ts';

export interface RenderOptions {
  /** `undefined`: nobody chose one. */
  readonly format: OutputFormat | undefined;
  /** Nothing of it is an exchange's: every form of the output says so. */
  readonly simulated: boolean;
}

/** Prints what a command found, in the form that was asked for. */
export const render = async (
  result: CommandResult,
  { format: chosen, simulated }: RenderOptions,
  io: Io,
): Promise<void> => {
  const isShown = io.terminal !== undefined && result.live !== undefined;
  const format = chosen ?? (result.isStream === true && !isShown ? 'ndjson' : 'table');
  const rows = markRows(result.rows, simulated, io);
  const { stdout } = io;
  switch (format) {
    case 'table':
      if (result.live !== undefined && io.terminal !== undefined) {
        const style = createStyle(stdout, io.env);
        await result.live({ terminal: io.terminal, style, simulated });
        return;
      }
      await stdout.write(await tableText(result, simulated, io));
      return;
    case 'json':
      await stdout.write(`${await jsonText(result, rows, simulated)}\n`);
      return;
    case 'ndjson':
      if (result.lines !== undefined) {
        for await (const line of result.lines) {
          if (io.readerGone.aborted) return;
          await stdout.write(line);
        }
        return;
      }
      for await (const row of rows) await stdout.write(`${stringifyJson(row)}\n`);
      return;
    case 'csv': {
      const keys = result.columns.map(({ key }) => key);
      if (keys.length === 0) {
        throw new CliError('validation', 'This has no rows and columns for CSV.', {
          hint: 'Take -o json.',
        });
      }
      if (simulated) keys.push('simulated');
      await stdout.write(csvLine(keys));
      for await (const row of rows) {
        await stdout.write(csvLine(keys.map((key) => formatCell(row[key]))));
      }
    }
  }
};

/** Ends where the reader has gone: `kr … | head`. */
async function* markRows(
  rows: CommandResult['rows'],
  simulated: boolean,
  { readerGone }: Io,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (readerGone.aborted) return;
    yield simulated ? { ...row, simulated: true } : row;
  }
}

const tableText = async (result: CommandResult, simulated: boolean, io: Io): Promise<string> => {
  const { stdout, env } = io;
  const style = createStyle(stdout, env);
  const width = stdout.isTTY === true ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
  const mark = simulated ? `${style.faint('sandbox (simulated)')}\n` : '';
  if (result.text !== undefined) return `${mark}${result.text({ width, style, simulated })}`;
  const rows = await collect(result.rows);
  const table =
    rows.length === 0
      ? `${style.faint(result.empty ?? 'nothing')}\n`
      : fitTable(result.columns, rows, { width, style });
  const footer = result.footer === undefined ? '' : `${style.faint(result.footer)}\n`;
  return `${mark}${table}${footer}`;
};

const jsonText = async (
  { document }: CommandResult,
  rows: AsyncIterable<Row>,
  simulated: boolean,
): Promise<string> => {
  if (document === undefined) {
    const all = await collect(rows);
    return `[${all.map((row) => stringifyJson(row)).join(',\n')}]`;
  }
  if (!simulated) return stringifyJson(document);
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
  return stringifyJson(
    isObject ? { ...document, simulated: true } : { result: document, simulated: true },
  );
};

const collect = async (rows: CommandResult['rows']): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};
