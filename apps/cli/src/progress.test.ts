import { describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

/** A clock that is set, and what was said. */
const setting = (isTTY: boolean) => {
  const said: string[] = [];
  let nowMs = 0;
  const clock = { monotonicNs: () => BigInt(nowMs) * 1_000_000n, wallNs: () => 0n };
  const stderr = { write: (text: string) => void said.push(text), isTTY, columns: 60 };
  const io: Pick<Io, 'clock' | 'stderr'> = {
    clock,
    stderr,
  };
  return {
    said,
    io,
    at: (ms: number) => {
      nowMs = ms;
    },
  };
};

describe('progress', () => {
  it('is not told of what takes less than a second, then with rate and time left', () => {
    const { said, io, at } = setting(false);
    const progress = createProgress('books', 'pairs', io);
    at(999);
    progress.at(30, 700);
    expect(said).toEqual([]);
    at(4000);
    progress.at(120, 700);
    expect(said).toEqual(['books: 120 of 700 pairs · 30.0/s · 19s left\n']);
    // A log is not filled.
    at(8999);
    progress.at(300, 700);
    expect(said).toHaveLength(1);
    at(9000);
    progress.at(360, 700);
    expect(said).toHaveLength(2);
  });

  it('of bytes, and of what nobody knows the end of', () => {
    const { said, io, at } = setting(false);
    at(0);
    const progress = createProgress('verifying', 'bytes', io);
    at(2000);
    progress.at(3_000_000, 12_000_000);
    at(7000);
    progress.at(5_000_000);
    expect(said).toEqual([
      'verifying: 3.0 MB of 12.0 MB · 1.5 MB/s · 6s left\n',
      'verifying: 5.0 MB · 714.3 kB/s\n',
    ]);
  });

  it('moves in place on a terminal, and is gone at the end', () => {
    const { said, io, at } = setting(true);
    const progress = createProgress('books', 'pairs', io);
    at(1000);
    progress.at(1, 2);
    at(1100);
    progress.at(2, 2);
    at(1250);
    progress.at(2, 2);
    progress.end();
    expect(said.join('')).toBe(
      'books: 1 of 2 pairs · 1.0/s · 1s left\r\u001b[Kbooks: 2 of 2 pairs · 1.6/s · 0s left\r\u001b[K',
    );
  });
});
