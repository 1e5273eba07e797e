import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { verdictExitCode, verify } from '@kr/recording';
import { expect } from 'vitest';
import { type Received, readLedger, readRecorded, type Sent } from './ledger.ts';
import { runRecorder, runSandbox } from './processes.ts';

/** The recorder's own window of loss. */
const FSYNC_WINDOW_MS = 100;
/**
 * What a busy machine may add to the middle kill, beyond the delay that the frames before it had and what
 * this process, which has no more to say there than the victim, was held up itself.
 */
const BUSY_MS = 100;
/** Frames before the kill that tell how late the machine let the recorder read. */
const WITNESSES = 500;
const SYMBOLS = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];

export interface KillRunOptions {
  readonly folder: string;
  readonly kills: number;
  /** 0 ≤ value < 1. */
  readonly random: () => number;
  /** Book updates a second of the sandbox. */
  readonly rate: number;
}

/**
 * The sandbox in a process of its own keeps a ledger of what it sent; the recorder in another is
 * killed without warning, started again, and closed; and each time the recording is held against the
 * ledger. Two things must hold. Exactly, after every kill: what the recorder said of itself to be in the
 * file just before is there, whatever the machine did. By the clock, of the middle kill, for a machine may
 * hold up any single one: what is lost is no older than the window. Answers how many frames were
 * compared, how many the kills cost, and how many were said to be safe.
 */
export const killRun = async (options: KillRunOptions) => {
  const ledger = join(options.folder, 'ledger.ndjson');
  const directory = join(options.folder, 'recording');
  const sandbox = await runSandbox('--rate', `${options.rate}`, '--ledger', ledger);
  const recorderArgs = ['--url', sandbox.first.url, '--out', directory, '--source', 'sandbox'];
  let safe = 0;
  const stallsMs: number[] = [];
  try {
    for (let kill = 1; kill <= options.kills; kill++) {
      const victim = await runRecorder(...recorderArgs, '--port', '0', ...SYMBOLS);
      const stalls = monitorEventLoopDelay({ resolution: 5 });
      stalls.enable();
      await randomMoment(options.random);
      const written = await writtenFrames(victim.first.port);
      expect(await victim.end('SIGKILL')).toBe(null);
      stalls.disable();
      stallsMs.push(stalls.max / 1e6);
      safe += written;
      const latest = [...(await readRecorded(directory)).values()].at(-1);
      expect(latest?.frames.length).toBeGreaterThanOrEqual(written);

      const next = await runRecorder(...recorderArgs, ...SYMBOLS);
      expect(await next.end('SIGTERM')).toBe(0);
      const report = await verify(directory);
      expect(report.checksums.mismatched).toBe(0);
      expect(report.gaps.filter(({ reason }) => reason === 'restart')).toHaveLength(2 * kill - 1);
      expect(verdictExitCode(report)).toBe(0);
      expect(verdictExitCode(report, { strict: true })).toBe(1);
    }
  } finally {
    await sandbox.end('SIGTERM');
  }
  return { ...(await compare(directory, ledger, middleOf(stallsMs))), safe };
};

/** How many frames of this run are in the file, as its metrics say. */
const writtenFrames = async (port: number | undefined): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const [, written] = /^kr_recorder_written_frames_total (\d+)$/m.exec(text) ?? [];
  expect(written).toBeDefined();
  return Number(written);
};

/** Somewhere in the life of a recorder: while it fills, syncs, or has just begun. */
const randomMoment = (random: () => number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, random() * 600);
  });

/** Every connection's journal is the beginning of what was sent to it, and lacks only its last moments. */
const compare = async (directory: string, ledgerPath: string, stallMs: number) => {
  const sent = await readLedger(ledgerPath);
  const recorded = await readRecorded(directory);
  let compared = 0;
  let lost = 0;
  const agesMs: number[] = [];
  for (const [connection, lines] of sent) {
    const frames = recorded.get(connection)?.frames ?? [];
    expect(frames.map(({ crc }) => crc)).toEqual(
      lines.slice(0, frames.length).map((line) => line.crc32),
    );
    compared += frames.length;
    // The ledger goes on until the sandbox sees that its client is gone.
    const last = lines.at(-1);
    const firstMissing = lines[frames.length];
    if (last === undefined || firstMissing === undefined) continue;
    lost += lines.length - frames.length;
    // The ledger knows when a frame was sent; the recorder may not have been let to read it by then.
    const ageMs =
      Number(BigInt(last.sentNs) - BigInt(firstMissing.sentNs)) / 1e6 - delayMs(frames, lines);
    agesMs.push(ageMs);
  }
  expect(middleOf(agesMs)).toBeLessThanOrEqual(FSYNC_WINDOW_MS + BUSY_MS + stallMs);
  expect([...recorded.keys()].filter((connection) => !sent.has(connection))).toEqual([]);
  return { compared, lost, connections: sent.size };
};

const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The longest that any of the last frames waited between being sent and being read. */
const delayMs = (frames: readonly Received[], lines: readonly Sent[]): number => {
  const from = Math.max(0, frames.length - WITNESSES);
  const waits = frames.slice(from).map(({ wallNs }, index) => {
    const sentNs = BigInt(lines[from + index]?.sentNs ?? wallNs);
    return Number(wallNs - sentNs) / 1e6;
  });
  return Math.max(0, ...waits);
};
