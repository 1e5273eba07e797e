// One contender on one stream, in a process of its own: prints its figures as JSON.
import { readFileSync } from 'node:fs';
import { CONTENDERS, type Contender } from './contenders.ts';

interface Job {
  readonly contender: string;
  readonly stream: string;
  readonly depth: number;
  readonly measure: 'time' | 'latency' | 'heap';
  /** Frames at the start that are snapshots. */
  readonly snapshots: number;
}

const FIRST_CHUNK = 20;
const CHUNK_MS = 2;
const TIME_LIMIT_MS = 1000;

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const frames = splitLines(readFileSync(job.stream));
const load = CONTENDERS[job.contender];
if (load === undefined) throw new Error(`no contender "${job.contender}"`);
const contender = await load();
const measures = { time, latency, heap };
process.stdout.write(JSON.stringify(measures[job.measure](contender)));

/** Views of one buffer, as a WebSocket client hands frames out. */
function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/**
 * Nanoseconds a message, chunk by chunk. A chunk takes about as long whoever runs it, so that a
 * disturbance hits as many of everybody's, and so short that most see none. The first half warms up.
 */
function time(create: Contender): number[] {
  const { snapshots, depth } = job;
  const chunks: number[] = [];
  let sink = 0;
  let size = FIRST_CHUNK;
  const started = performance.now();
  do {
    const step = create(depth);
    for (let i = 0; i < snapshots; i++) sink += step(frames[i]!);
    for (let from = snapshots; from + size <= frames.length; ) {
      const to = from + size;
      const before = performance.now();
      for (let i = from; i < to; i++) sink += step(frames[i]!);
      const spent = performance.now() - before;
      chunks.push((spent * 1e6) / size);
      from = to;
      const enough = performance.now() - started;
      // While it warms up the size is fitted, then it stays.
      if (enough < TIME_LIMIT_MS / 2) {
        size = Math.max(FIRST_CHUNK, Math.round((size * CHUNK_MS) / spent));
        chunks.length = 0;
      } else if (enough > TIME_LIMIT_MS) break;
    }
  } while (performance.now() - started < TIME_LIMIT_MS);
  if (sink === 0) throw new Error('nothing was read');
  return chunks;
}

/** Microseconds of a message: percentiles, warmed up by one pass. */
function latency(create: Contender): Record<string, number> {
  const { snapshots, depth } = job;
  const samples = new Float64Array(frames.length - snapshots);
  let sink = 0;
  for (const measured of [false, true]) {
    const step = create(depth);
    for (let i = 0; i < snapshots; i++) sink += step(frames[i]!);
    for (let i = snapshots; i < frames.length; i++) {
      const before = performance.now();
      sink += step(frames[i]!);
      if (measured) samples[i - snapshots] = (performance.now() - before) * 1000;
    }
  }
  if (sink === 0) throw new Error('nothing was read');
  samples.sort();
  const at = (share: number): number => samples[Math.floor(samples.length * share)]!;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}

/** Bytes of heap that a message leaves behind in steady state; a collection would hide some. */
function heap(create: Contender): number {
  const MESSAGES = 1_000_000;
  const step = create(job.depth);
  const feed = (messages: number): number => {
    // Kept a small integer: a double would be an allocation of this loop's own.
    let sink = 0;
    for (let done = 0; done < messages; ) {
      // From the snapshot on again: a book's own stream must not be repeated without it.
      for (let i = 0; i < frames.length && done < messages; i++, done++) {
        sink = (sink + step(frames[i]!)) | 0;
      }
    }
    return sink;
  };
  if (feed(MESSAGES / 2) === 0) throw new Error('nothing was read');
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  feed(MESSAGES);
  return (process.memoryUsage().heapUsed - before) / MESSAGES;
}
