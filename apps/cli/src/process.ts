import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { run } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io, TextSink } from './io.ts';
import { processTerminal } from './process-terminal.ts';

/** Joins a command line to the process it was called in. */
export const runProcess = async (argv: readonly string[], host: NodeJS.Process): Promise<void> => {
  const interrupt = new AbortController();
  const handleSignal = (): void => {
    // The second signal means now, whatever is still open.
    if (interrupt.signal.aborted) host.exit(exitCodes.interrupted);
    interrupt.abort();
  };
  host.on('SIGINT', handleSignal);
  host.on('SIGTERM', handleSignal);
  let hangup = handleSignal;
  const handleHangup = (): void => hangup();
  host.on('SIGHUP', handleHangup);

  const readerGone = new AbortController();
  let outputError: NodeJS.ErrnoException | undefined;
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') readerGone.abort();
    else outputError ??= error;
  });
  // Nobody listens to the talk any more; what is done goes on.
  host.stderr.on('error', () => undefined);

  const io: Io = {
    stdout: sinkOf(host.stdout),
    stderr: sinkOf(host.stderr),
    readStdin: () => readAll(host.stdin),
    ask: host.stdin.isTTY && host.stderr.isTTY ? asker(host, handleSignal) : undefined,
    terminal: processTerminal(host, handleSignal),
    env: host.env,
    home: host.env['HOME'] ?? host.env['USERPROFILE'] ?? host.cwd(),
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: Math.random,
    interrupted: interrupt.signal,
    onHangup: (listener) => {
      hangup = listener;
    },
    readerGone: readerGone.signal,
    workingDirectory: host.cwd(),
    self: host,
  };
  const code = await run(argv, io);
  if (outputError === undefined) {
    host.exitCode = code;
  } else {
    const { code: reason = 'unknown' } = outputError;
    host.stderr.write(`kr: the output could not be written (${reason}).\n`);
    host.exitCode = exitCodes.io;
  }
  host.off('SIGINT', handleSignal);
  host.off('SIGTERM', handleSignal);
  host.off('SIGHUP', handleHangup);
};

/** A write that fails is heard of by the stream's own listener. */
const sinkOf = (stream: NodeJS.WriteStream): TextSink => ({
  write: (text) =>
    new Promise<void>((resolve) => {
      stream.write(text, () => resolve());
    }),
  isTTY: stream.isTTY,
  get columns() {
    return stream.columns;
  },
});

const readAll = async (stream: NodeJS.ReadStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};

const asker =
  ({ stdin, stderr }: NodeJS.Process, interrupt: () => void) =>
  async (question: string, signal: AbortSignal): Promise<string> => {
    const { createInterface } = await import('node:readline/promises');
    const terminal = createInterface({ input: stdin, output: stderr });
    // Ctrl-C comes to readline here, not to the process; Ctrl-D closes it, which is no yes.
    terminal.once('SIGINT', interrupt);
    const closed = new Promise<string>((resolve) => {
      terminal.once('close', () => resolve(''));
    });
    try {
      return await Promise.race([terminal.question(question, { signal }), closed]);
    } finally {
      terminal.close();
    }
  };
