import { resolve } from 'node:path';
import {
  linuxProcessTable,
  signalProcessTable,
  type VerifyProgress,
  verdictExitCode,
  verify,
} from '@kr/recording';
import type { Io } from '../io.ts';
import { bytes, grouped } from '../output/numbers.ts';
import { createStatusLine } from '../output/status-line.ts';
import { formatVerdict } from '../output/verdict.ts';
import type { VerifyOptions } from './verify.ts';

/** Proves what stands at a path, prints what was found, and answers the exit code. */
export const verifyPath = async (
  path: string,
  options: VerifyOptions,
  io: Io,
  signal?: AbortSignal,
): Promise<number> => {
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
    const code = verdictExitCode(report, { strict: options.strict });
    line.clear();
    io.stdout.write(
      options.output === 'json' ? `${JSON.stringify(report)}\n` : formatVerdict(report, code),
    );
    return code;
  } finally {
    line.clear();
  }
};
