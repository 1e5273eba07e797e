import { resolve } from 'node:path';
import {
  linuxProcessTable,
  signalProcessTable,
  type VerifyReport,
  verdictExitCode,
  verify,
} from '@kr/recording';
import type { Io } from '../io.ts';
import type { CommandResult } from '../output/result.ts';
import { formatVerdict } from '../output/verdict.ts';
import { createProgress } from '../progress.ts';

/** Proves what stands at a path. */
export const verifyPath = async (
  path: string,
  options: { readonly strict?: boolean },
  io: Io,
  signal?: AbortSignal,
): Promise<CommandResult> => {
  const progress = createProgress('verifying', 'bytes', io);
  try {
    const report = await verify(resolve(io.workingDirectory, path), {
      signal,
      processes: linuxProcessTable() ?? signalProcessTable(io.self),
      onProgress: (at) => progress.at(at.bytes, at.totalBytes),
    });
    const exitCode = verdictExitCode(report, { strict: options.strict ?? false });
    return {
      columns: COLUMNS,
      rows: rowsOf(report),
      document: report,
      text: (view) => formatVerdict(report, exitCode, { ...view, name: path }),
      exitCode,
      // The report says what it is of; a recording of Kraken stays one under --sandbox.
      simulated: false,
    };
  } finally {
    progress.end();
  }
};

const COLUMNS = ['symbol', 'depths', 'snapshots', 'updates', 'matched', 'mismatched'].map(
  (key) => ({ key }),
);

const rowsOf = ({ symbols }: VerifyReport) =>
  Object.entries(symbols).map(([symbol, { depths, snapshots, updates, checksums }]) => ({
    symbol,
    depths: depths.map(({ depth }) => depth),
    snapshots,
    updates,
    ...checksums,
  }));
