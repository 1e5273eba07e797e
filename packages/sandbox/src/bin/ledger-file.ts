import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { LedgerSink } from '../server/ledger.ts';

/** A ledger at the end of a file: each write is in the file, for any other process, when the sink returns. */
export function openLedgerFile(path: string): { sink: LedgerSink; close: () => void } {
  const file = openSync(path, 'a');
  return {
    sink: (lines) => {
      appendFileSync(file, lines);
    },
    close: () => {
      closeSync(file);
    },
  };
}
