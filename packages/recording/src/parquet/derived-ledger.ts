import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { formatSealedLine, parseSealedLine } from '../format/sealed-line.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { readError } from '../read/read-file.ts';

/** Beside the Parquet files: which segments are in them. */
const LEDGER_NAME = 'derived.ndjson';

/** One segment whose rows are all in files that are durable under their names. */
export interface DerivedSegment {
  readonly segment: number;
  /** Of the segment's file when it was derived. */
  readonly sha256: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly files: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** Which segments are derived; a torn or damaged line is as if it were not there. */
export async function readDerived(directory: string): Promise<Map<number, DerivedSegment>> {
  const path = join(directory, LEDGER_NAME);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw readError(path, error);
  });
  const segments = new Map<number, DerivedSegment>();
  for (const line of text.split('\n')) {
    const value = parseSealedLine(line) as DerivedSegment | undefined;
    if (value !== undefined) segments.set(value.segment, value);
  }
  return segments;
}

export async function appendDerived(directory: string, entry: DerivedSegment): Promise<void> {
  const file = await open(join(directory, LEDGER_NAME), 'a');
  try {
    // Behind a line that a crash has torn, too.
    await file.write(`\n${formatSealedLine(entry)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await nodeFileSystem.syncDirectory(directory);
}
