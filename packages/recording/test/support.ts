import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  createSystemClock,
  createSystemTimers,
  type Frame,
  type Timers,
} from '@kr/schemas/shared';
import { createJournalWriter } from '../src/journal/create-journal-writer.ts';
import type { JournalWriter } from '../src/journal/journal-writer.ts';
import type { JournalWriterOptions } from '../src/journal/writer-options.ts';
import type { JournalEntry } from '../src/read/journal-entry.ts';
import { readJournal } from '../src/read/read-journal.ts';

/** A directory of its own, removed when the test is done with it. */
export async function temporaryDirectory(): Promise<
  AsyncDisposable & { path: string; join(...names: string[]): string }
> {
  const path = await mkdtemp(join(tmpdir(), 'kr-recording-'));
  return {
    path,
    join: (...names) => join(path, ...names),
    // A browser's helpers write on for a moment after it was killed.
    [Symbol.asyncDispose]: () =>
      rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

export const START_NS = 1_763_692_200_000_000_000n;

/** A clock that goes one microsecond on with each look. */
export function createStepClock(): Clock {
  let looks = 0n;
  return {
    wallNs: () => START_NS + (looks += 1000n),
    monotonicNs: () => (looks += 1000n),
  };
}

/** Timers that fire when the test says so. */
export interface ManualTimers extends Timers {
  /** Fires what is due at most `ms` from now, in order. */
  advance(ms: number): void;
  readonly pending: number;
}

export function createManualTimers(): ManualTimers {
  let now = 0;
  let nextId = 0;
  const waiting = new Map<number, { at: number; callback: () => void }>();
  return {
    setTimeout: (callback, ms) => {
      nextId += 1;
      waiting.set(nextId, { at: now + ms, callback });
      return nextId;
    },
    clearTimeout: (handle) => {
      waiting.delete(handle as number);
    },
    advance: (ms) => {
      const end = now + ms;
      while (true) {
        const due = [...waiting].filter(([, { at }]) => at <= end);
        const [first] = due.toSorted((a, b) => a[1].at - b[1].at || a[0] - b[0]);
        if (first === undefined) break;
        waiting.delete(first[0]);
        now = first[1].at;
        first[1].callback();
      }
      now = end;
    },
    get pending() {
      return waiting.size;
    },
  };
}

export const systemClock: Clock = createSystemClock();
export const systemTimers: Timers = createSystemTimers();

export function openWriter(
  directory: string,
  options: Partial<JournalWriterOptions> = {},
): Promise<JournalWriter> {
  return createJournalWriter({
    directory,
    header: {
      source: 'sandbox',
      url: 'ws://127.0.0.1:8080',
      subscriptions: [{ channel: 'book', symbol: ['BTC/USD'], depth: 10 }],
    },
    clock: createStepClock(),
    timers: createManualTimers(),
    ...options,
  });
}

export function textFrame(
  text: string,
  sequence: number,
  connectionId = 1,
  wallNs = START_NS + BigInt(Math.round(sequence * 1e6)),
): Frame {
  const receivedAt = { wallNs, monotonicNs: wallNs - START_NS };
  return { receivedAt, connectionId, sequence, bytes: new TextEncoder().encode(text) };
}

/** `count` heartbeats in order. */
export function heartbeats(count: number, from = 0, connectionId = 1): Frame[] {
  return Array.from({ length: count }, (_, at) =>
    textFrame('{"channel":"heartbeat"}', from + at, connectionId),
  );
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function readAll(path: string): Promise<JournalEntry[]> {
  return collect(readJournal(path));
}

/** The entries of one type. */
export function only<T extends JournalEntry['type']>(
  entries: readonly JournalEntry[],
  type: T,
): Extract<JournalEntry, { type: T }>[] {
  return entries.filter(
    (entry): entry is Extract<JournalEntry, { type: T }> => entry.type === type,
  );
}
