import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { LedgerSink } from '../server/ledger.ts';

/** A ledger at the end of a file: each write is in the file, for any other process, when the sink returns. */
export function openLedgerFile(path: string): { sink: LedgerSink; close: () => void } {
  const file = open(path);
  return {
    sink: (lines) => {
      appendFileSync(file, lines);
    },
    close: () => {
      closeSync(file);
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    const { code = 'it cannot be opened' } = error as NodeJS.ErrnoException;
    throw new Error(`cannot write the ledger ${path} (${code}): check the path of --ledger`, {
      cause: error,
    });
  }
}
