import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { formatSealedLine, parseSealedLine } from '../format/sealed-line.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { readError } from '../read/read-file.ts';
import { writing } from '../writing.ts';

/** Beside the segments, which are never touched: what was fetched from elsewhere. */
export const REPAIRED_NAME = 'repaired.ndjson';

/** A trade that the recording lacks, as it was fetched. */
export interface RepairedTrade {
  readonly type: 'trade';
  readonly symbol: string;
  readonly trade_id: number;
  readonly side: 'buy' | 'sell';
  readonly price: string;
  readonly qty: string;
  readonly ord_type: string;
  /** RFC 3339. */
  readonly timestamp: string;
}

/** A range of trade ids that the recording lacks, and what became of it. */
export interface RepairedRange {
  readonly type: 'range';
  readonly symbol: string;
  /** The first and the last id that is missing. */
  readonly fromId: number;
  readonly toId: number;
  readonly fetched: number;
  /** Every id of the range was found. */
  readonly repaired: boolean;
}

export type RepairedRow = RepairedTrade | RepairedRange;

/** The rows of a recording; a torn or damaged line is as if it were not there, and is fetched again. */
export async function readRepaired(directory: string): Promise<RepairedRow[]> {
  const path = join(directory, REPAIRED_NAME);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw readError(path, error);
  });
  return text.split('\n').flatMap((line) => {
    const value = parseSealedLine(line) as RepairedRow | undefined;
    return value === undefined ? [] : [value];
  });
}

/** Appends rows durably. */
export async function appendRepaired(
  directory: string,
  rows: readonly RepairedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const path = join(directory, REPAIRED_NAME);
  await writing(path, () => append(path, rows));
  await nodeFileSystem.syncDirectory(directory);
}

async function append(path: string, rows: readonly RepairedRow[]): Promise<void> {
  const file = await open(path, 'a');
  try {
    // Begins a line of its own behind one that a crash has torn, too.
    await file.write(`\n${rows.map(formatSealedLine).join('\n')}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}
