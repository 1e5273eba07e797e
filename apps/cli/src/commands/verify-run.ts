import { resolve } from 'node:path';
import {
  linuxProcessTable,
  signalProcessTable,
  type VerifyProgress,
  type VerifyReport,
  verdictExitCode,
  verify,
} from '@kr/recording';
import type { Io } from '../io.ts';
import { bytes, grouped } from '../output/numbers.ts';
import type { CommandResult } from '../output/result.ts';
import { createStatusLine } from '../output/status-line.ts';
import { formatVerdict } from '../output/verdict.ts';

/** Proves what stands at a path. */
export const verifyPath = async (
  path: string,
  options: { readonly strict?: boolean },
  io: Io,
  signal?: AbortSignal,
): Promise<CommandResult> => {
  const line = createStatusLine(io.stderr);
  const onProgress = (progress: VerifyProgress): void => {
    if (io.stderr.isTTY !== true) return;
    line.draw(`verifying: ${grouped(progress.frames)} frames, ${bytes(progress.bytes)}`);
  };
  try {
    const report = await verify(resolve(io.workingDirectory, path), {
      signal,
      processes: linuxProcessTable() ?? signalProcessTable(io.self),
      onProgress,
    });
    const exitCode = verdictExitCode(report, { strict: options.strict ?? false });
    return {
      columns: COLUMNS,
      rows: rowsOf(report),
      document: report,
      text: (view) => formatVerdict(report, exitCode, view),
      exitCode,
      // The report says what it is of; a recording of Kraken stays one under --sandbox.
      simulated: false,
    };
  } finally {
    line.clear();
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
