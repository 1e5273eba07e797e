import { resolve } from 'node:path';
import {
  linuxProcessTable,
  type ProcessTable,
  readJournal,
  signalProcessTable,
} from '@kr/recording';
import type { Io } from './io.ts';

/** Where a recording is, and whose. */
export interface RecordingAt {
  readonly path: string;
  readonly processes: ProcessTable;
  /** Not NDJSON. */
  readonly isJournal: boolean;
  /** Of a sandbox: what is made of it says so. NDJSON does not say. */
  readonly simulated: boolean;
}

/** @throws RecordingError as reading throws */
export const openRecording = async (name: string, io: Io): Promise<RecordingAt> => {
  const path = resolve(io.workingDirectory, name);
  const processes = linuxProcessTable() ?? signalProcessTable(io.self);
  return { path, processes, ...(await look(path, processes)) };
};

const look = async (path: string, processes: ProcessTable) => {
  try {
    for await (const entry of readJournal(path, { processes })) {
      if (entry.type === 'header') {
        return { isJournal: true, simulated: entry.header.source !== 'live' };
      }
      if (entry.type === 'frame') break;
    }
  } catch (error) {
    // NDJSON is read in another way; whatever else is wrong is told by who reads on.
    if ((error as { code?: unknown }).code !== 'NOT_A_RECORDING') throw error;
    return { isJournal: false, simulated: false };
  }
  return { isJournal: true, simulated: false };
};
