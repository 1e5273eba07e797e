import { rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Session } from '../session.ts';
import { csvLine } from './csv.ts';
import { formatCell, type Row } from './result.ts';

/** Writes a file whole or not at all, and says so. */
export const saveFile = async (
  session: Session,
  folder: string,
  name: string,
  text: string,
): Promise<void> => {
  const { io, simulated } = session;
  const path = join(resolve(io.workingDirectory, folder), name);
  const draft = `${path}.${io.self.pid}.draft`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const shown = relative(io.workingDirectory, path);
  session.note(`wrote ${shown}${simulated ? ' (simulated)' : ''}`);
};

/** Rows as a CSV file has them. */
export const csvText = (keys: readonly string[], rows: readonly Row[]): string =>
  csvLine(keys) + rows.map((row) => csvLine(keys.map((key) => formatCell(row[key])))).join('');
