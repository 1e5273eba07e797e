import type { Frame, GapEvent } from '@kr/schemas/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../test/harness.ts';
import { BoundedQueue, type BoundedQueueOptions } from './bounded-queue.ts';
import { dropGap } from './drop-gap.ts';

function frame(sequence: number, length = 1): Frame {
  const receivedAt = { wallNs: BigInt(sequence) * 1_000_000_000n, monotonicNs: 0n };
  return { receivedAt, connectionId: 1, sequence, bytes: new Uint8Array(length) };
}

function createQueue(options: Partial<BoundedQueueOptions<Frame>> = {}) {
  const full: boolean[] = [];
  const gaps: GapEvent[] = [];
  const counts = { dropped: 0, returned: 0 };
  const queue = new BoundedQueue<Frame>({
    what: 'frames()',
    overflow: 'pause',
    maxItems: 4,
    maxBytes: 1000,
    onFull: (isFull) => full.push(isFull),
    bytesOf: ({ bytes }) => bytes.length,
    onDropped: () => {
      counts.dropped += 1;
    },
    onReturn: () => {
      counts.returned += 1;
    },
    onHole: (first, next, count) =>
      gaps.push(dropGap(first, next, count, 'frames', { symbols: [] })),
    ...options,
  });
  return { queue, full, gaps, counts };
}

async function take(queue: BoundedQueue<Frame>, count: number): Promise<number[]> {
  const sequences: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const { value } = await queue.next();
    if (value !== undefined) sequences.push(value.sequence);
  }
  return sequences;
}

describe('BoundedQueue', () => {
  it('hands frames to readers in order, whoever was first', async () => {
    const { queue } = createQueue();
    const early = take(queue, 2);
    queue.push(frame(0));
    queue.push(frame(1));
    queue.push(frame(2));
    expect(await early).toStrictEqual([0, 1]);
    expect(await take(queue, 1)).toStrictEqual([2]);
  });

  it('pauses above its bound and resumes at half of it, losing nothing', async () => {
    const { queue, full } = createQueue();
    for (let sequence = 0; sequence < 7; sequence += 1) queue.push(frame(sequence));
    expect(full).toStrictEqual([true]);
    expect(await take(queue, 4)).toStrictEqual([0, 1, 2, 3]);
    expect(full).toStrictEqual([true]);
    expect(await take(queue, 3)).toStrictEqual([4, 5, 6]);
    expect(full).toStrictEqual([true, false]);
  });

  it('pauses by bytes, too', () => {
    const { queue, full } = createQueue({ maxBytes: 10 });
    queue.push(frame(0, 100));
    expect(full).toStrictEqual([]);
    queue.push(frame(1, 1));
    expect(full).toStrictEqual([true]);
  });

  it('drops the oldest, counts them, and tells the hole with the next frame', async () => {
    const { queue, full, gaps, counts } = createQueue({ overflow: 'dropOldest' });
    for (let sequence = 0; sequence < 7; sequence += 1) queue.push(frame(sequence));
    expect(counts.dropped).toBe(3);
    expect(gaps).toStrictEqual([]);
    expect(await take(queue, 4)).toStrictEqual([3, 4, 5, 6]);
    expect(gaps).toStrictEqual([
      {
        reason: 'drop',
        from: '1970-01-01T00:00:00.000000000Z',
        to: '1970-01-01T00:00:03.000000000Z',
        symbols: [],
        connectionId: 1,
        repaired: false,
        detail: '3 frames dropped: the reader fell behind',
      },
    ]);
    expect(full).toStrictEqual([]);
  });

  it('fails with what it holds when that is the policy', async () => {
    const { queue, counts } = createQueue({ overflow: 'fail' });
    for (let sequence = 0; sequence < 7; sequence += 1) queue.push(frame(sequence));
    expect(await failureOf(queue.next())).toMatchObject({
      code: 'QUEUE_OVERFLOW',
      context: { queued: 5, bytes: 5 },
    });
    expect(await queue.next()).toStrictEqual({ done: true, value: undefined });
    expect(counts.returned).toBe(1);
  });

  it('gives what is left after the end, then the end', async () => {
    const { queue } = createQueue();
    queue.push(frame(0));
    queue.end();
    queue.push(frame(1));
    expect(await take(queue, 1)).toStrictEqual([0]);
    expect(await queue.next()).toStrictEqual({ done: true, value: undefined });
  });

  it('lets go of the socket when its reader leaves the loop', async () => {
    const { queue, full, counts } = createQueue();
    for (let sequence = 0; sequence < 7; sequence += 1) queue.push(frame(sequence));
    for await (const { sequence } of queue) if (sequence === 1) break;
    expect(full).toStrictEqual([true, false]);
    expect(counts.returned).toBe(1);
    expect(queue.length).toBe(0);
  });

  it('ends with ABORTED by its signal, at once, also for a reader that waits', async () => {
    const controller = new AbortController();
    const { queue } = createQueue({ signal: controller.signal });
    const waiting = failureOf(queue.next());
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'ABORTED' });
    expect(await queue.next()).toMatchObject({ done: true });
    const late = createQueue({ signal: AbortSignal.abort() });
    expect(await failureOf(late.queue.next())).toMatchObject({ code: 'ABORTED' });
  });

  it.each(['pause', 'dropOldest'] as const)('behaves as a plain list with %s', async (overflow) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant('read' as const)), {
          maxLength: 3000,
        }),
        async (steps) => {
          const { queue, counts, full } = createQueue({ overflow, maxItems: 20, maxBytes: 60 });
          const model: Frame[] = [];
          const read: [number | undefined, number | undefined][] = [];
          const isOver = (): boolean =>
            model.length > 20 || model.reduce((sum, one) => sum + one.bytes.length, 0) > 60;
          let sequence = 0;
          let dropped = 0;
          for (const step of steps) {
            if (step !== 'read') {
              const pushed = frame(sequence, step);
              sequence += 1;
              queue.push(pushed);
              model.push(pushed);
              if (overflow === 'pause') continue;
              while (isOver()) {
                model.shift();
                dropped += 1;
              }
            } else if (model.length > 0) {
              const { value } = await queue.next();
              read.push([value?.sequence, model.shift()?.sequence]);
            }
          }
          expect(read.filter(([got, wanted]) => got !== wanted)).toStrictEqual([]);
          expect(queue.length).toBe(model.length);
          expect(counts.dropped).toBe(dropped);
          // Full and not full alternate.
          expect(full.every((isFull, index) => isFull === (index % 2 === 0))).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
