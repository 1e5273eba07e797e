import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createSystemClock, createSystemTimers, type Frame } from '@kr/schemas/shared';
import { pino } from 'pino';
import { FRAME_KIND } from '../src/format/record-format.ts';
import { createJournalWriter } from '../src/index.ts';
import { Batch, recordSize } from '../src/journal/batch.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
/** Between two looks at the event loop, as a busy socket leaves them. */
const BURST = 500;
const FSYNC_MS = 100;
const MIB = 1024 * 1024;

const pause = (): Promise<void> => new Promise(setImmediate);

function frameOf(bytes: Uint8Array, sequence: number): Frame {
  const receivedAt = { wallNs: clock.wallNs(), monotonicNs: clock.monotonicNs() };
  return { receivedAt, connectionId: 1, sequence, bytes };
}

/** Seconds for the frames into a journal, synced every 100 ms. */
export async function journal(frames: readonly Uint8Array[], directory: string): Promise<number> {
  const writer = await createJournalWriter({
    directory: join(directory, 'journal'),
    header: { source: 'sandbox', url: 'ws://127.0.0.1', subscriptions: [] },
    clock,
    timers,
    fsync: { intervalMs: FSYNC_MS },
  });
  const since = performance.now();
  for (const [at, bytes] of frames.entries()) {
    const outcome = writer.append(frameOf(bytes, at));
    if (outcome === 'slowDown') await writer.drained();
    else if (at % BURST === 0) await pause();
  }
  await writer.flush();
  const seconds = (performance.now() - since) / 1000;
  await writer.close();
  return seconds;
}

/** The same records, made beforehand, in batches of 1 MiB with the same syncs: nothing but the disk. */
export async function bareLoop(frames: readonly Uint8Array[], directory: string): Promise<number> {
  const batches: Uint8Array[] = [];
  let batch = new Batch(2 * MIB);
  for (const [at, bytes] of frames.entries()) {
    const fields = {
      kind: FRAME_KIND,
      ordinal: at,
      sequence: at,
      ...frameOf(bytes, at).receivedAt,
    };
    batch.add(1, 0, { ...fields, connectionId: 1 }, bytes);
    if (batch.length < MIB && at < frames.length - 1) continue;
    batches.push(batch.bytes.subarray(0, batch.length));
    batch = new Batch(2 * MIB + recordSize(0));
  }
  const file = await open(join(directory, 'bare'), 'w');
  const since = performance.now();
  let synced = since;
  for (const bytes of batches) {
    await file.write(bytes);
    if (performance.now() - synced < FSYNC_MS) continue;
    await file.datasync();
    synced = performance.now();
  }
  await file.datasync();
  const seconds = (performance.now() - since) / 1000;
  await file.close();
  return seconds;
}

/** The same frames as lines of a logger that writes asynchronously and syncs once at its end. */
export async function logger(frames: readonly Uint8Array[], directory: string): Promise<number> {
  const destination = pino.destination({
    dest: join(directory, 'log'),
    sync: false,
    minLength: 16_000,
  });
  const log = pino({ base: null }, destination);
  const decoder = new TextDecoder();
  const since = performance.now();
  for (const [at, bytes] of frames.entries()) {
    log.info({ recv_ts_ns: String(clock.wallNs()), payload: decoder.decode(bytes) });
    if (at % BURST === 0) await pause();
  }
  await new Promise<void>((resolve, reject) => {
    destination.flush((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
  const seconds = (performance.now() - since) / 1000;
  destination.destroy();
  return seconds;
}
