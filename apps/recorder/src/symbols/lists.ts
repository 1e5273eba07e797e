import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { RecorderError } from '../errors.ts';

/** A symbol or a pattern a line; what follows `#` is a remark. */
export const readSymbolsFile = async (path: string): Promise<string[]> =>
  (await readText(path))
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');

/** The cells of a column, the header's name for it; empty ones are left out. */
export const readSymbolsColumn = async (path: string, column: string): Promise<string[]> => {
  const text = await readText(path);
  let rows: Record<string, string>[];
  let header: string[] = [];
  try {
    rows = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      columns: (names: string[]) => {
        header = names;
        return names;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new RecorderError('INVALID_SYMBOLS', `${path} is no CSV: ${error.message}`, error);
  }
  if (!header.includes(column)) {
    throw new RecorderError(
      'INVALID_SYMBOLS',
      `${path} has no column "${column}". It has ${header.join(', ') || 'none'}.`,
    );
  }
  return rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
};

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new RecorderError('INVALID_SYMBOLS', `The symbols file ${path} ${what}.`, error);
  }
};
