import type { Clock, Timers } from '@kr/schemas/shared';

/** Where text goes. */
export interface TextSink {
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
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** Aborted by the first Ctrl-C or SIGTERM: finish what must be finished, then return. */
  readonly interrupted: AbortSignal;
  readonly workingDirectory: string;
  /** Ourselves, and the way to ask whether another process runs. */
  readonly self: { readonly pid: number; kill(pid: number, signal: 0): unknown };
}
