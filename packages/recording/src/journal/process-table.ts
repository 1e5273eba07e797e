import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { systemCodeOf } from '../errors.ts';

/**
 * Which process this is, and which others still run. On Linux the package finds out by itself
 * ({@link linuxProcessTable}); elsewhere an app passes `signalProcessTable(process)`.
 */
export interface ProcessTable {
  readonly pid: number;
  isRunning(pid: number): boolean;
  /** Tells apart two processes that had the same pid one after the other; absent where unknown. */
  startOf?(pid: number): string | undefined;
}

/** The process table as `/proc` shows it; `undefined` on a system without one. */
export function linuxProcessTable(root = '/proc'): ProcessTable | undefined {
  let pid: number;
  try {
    pid = Number(readlinkSync(`${root}/self`));
  } catch {
    return undefined;
  }
  return {
    pid,
    isRunning: (other) => existsSync(`${root}/${other}`),
    startOf: (other) => {
      try {
        const bootId = readFileSync(`${root}/sys/kernel/random/boot_id`, 'utf8').trim();
        // proc(5): field 22 is the start time; field 2, the name, may itself hold spaces and brackets.
        const stat = readFileSync(`${root}/${other}/stat`, 'utf8');
        const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
        return startTime === undefined ? undefined : `${bootId}/${startTime}`;
      } catch {
        return undefined;
      }
    },
  };
}

/** The process table of any system: a process that a signal could be sent to runs. Takes Node's `process`. */
export function signalProcessTable(self: {
  readonly pid: number;
  kill(pid: number, signal: 0): unknown;
}): ProcessTable {
  return {
    pid: self.pid,
    isRunning: (pid) => {
      try {
        self.kill(pid, 0);
        return true;
      } catch (error) {
        // It is there, and belongs to somebody else.
        return systemCodeOf(error) === 'EPERM';
      }
    },
  };
}
