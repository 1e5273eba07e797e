import type { Clock, Timers } from '@kr/schemas/shared';
import type { Terminal } from './terminal.ts';

/** Where text goes. */
export interface TextSink {
  /** Resolves when the text was handed on; a failure is known by the sink's owner, never thrown. */
  write(text: string): unknown;
  /** True on a terminal: a line may be rewritten in place. */
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything of the outside that a command may touch; `main.ts` makes it of the process. */
export interface Io {
  /** Data, and nothing else. */
  readonly stdout: TextSink;
  /** Talk: progress, notices, errors. */
  readonly stderr: TextSink;
  /** All of stdin. */
  readonly readStdin: () => Promise<string>;
  /** Asks on the terminal; absent where there is nobody to ask. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** Where whole screens are drawn; absent where nobody looks. */
  readonly terminal: Terminal | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. */
  readonly home: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** Aborted by the first Ctrl-C or SIGTERM: finish what must be finished, then return. */
  readonly interrupted: AbortSignal;
  /** From then on SIGHUP calls this, and is no interruption any more. */
  readonly onHangup?: ((listener: () => void) => void) | undefined;
  /** Aborted when whoever read stdout has gone: `kr … | head`. */
  readonly readerGone: AbortSignal;
  readonly workingDirectory: string;
  /** Ourselves, and the way to ask whether another process runs. */
  readonly self: {
    readonly pid: number;
    /** Node itself, to run another program with. */
    readonly execPath: string;
    kill(pid: number, signal: 0): unknown;
  };
}
