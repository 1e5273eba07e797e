#!/usr/bin/env node
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { run } from './cli.ts';
import { exitCodes } from './exit-codes.ts';

// The one file of this app that touches the process.
const interrupt = new AbortController();
const handleSignal = (): void => {
  // The second signal means now, whatever is still open.
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
  interrupt.abort();
};
process.on('SIGINT', handleSignal);
process.on('SIGTERM', handleSignal);

// `kr … | head`: the reader has seen enough. The work goes on to its end, and its exit code stands.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  clock: createSystemClock(),
  timers: createSystemTimers(),
  random: Math.random,
  interrupted: interrupt.signal,
  workingDirectory: process.cwd(),
  self: process,
});
process.off('SIGINT', handleSignal);
process.off('SIGTERM', handleSignal);
