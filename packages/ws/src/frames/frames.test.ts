import type { Frame, GapEvent } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness } from '../../test/harness.ts';
import { bookUpdate, ScriptedServer } from '../../test/scripted-server.ts';

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  await server.close();
});

async function collect(frames: AsyncIterable<Frame>, count: number): Promise<number[]> {
  const sequences: number[] = [];
  for await (const { sequence } of frames) {
    sequences.push(sequence);
    if (sequences.length === count) break;
  }
  return sequences;
}

describe('frames()', () => {
  it('gives every reader every frame from its call on', async () => {
    await using harness = new Harness({ url: server.url });
    const early = harness.connection.frames();
    await harness.connection.open();
    server.peer.send('{"channel":"heartbeat"}');
    await harness.until(() => harness.frames.length === 1);
    const late = harness.connection.frames();
    server.peer.send(bookUpdate('BTC/USD'));
    expect(await collect(early, 2)).toStrictEqual([0, 1]);
    expect(await collect(late, 1)).toStrictEqual([1]);
  });

  it('goes on over a reconnect', async () => {
    await using harness = new Harness({ url: server.url });
    const frames = harness.connection.frames();
    await harness.connection.open();
    server.peer.send('{"channel":"heartbeat"}');
    await harness.until(() => harness.frames.length === 1);
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    server.peer.send('{"channel":"heartbeat"}');
    await harness.until(() => harness.frames.length === 2);
    await expect(frames.next()).resolves.toMatchObject({ value: { connectionId: 1, sequence: 0 } });
    await expect(frames.next()).resolves.toMatchObject({ value: { connectionId: 2, sequence: 0 } });
  });

  it('stops reading the socket while its reader is behind, and loses nothing', async () => {
    const total = 40_000;
    await using harness = new Harness({ url: server.url, maxQueuedFrames: 100 });
    const frames = harness.connection.frames();
    await harness.connection.open();
    const text = bookUpdate('BTC/USD');
    for (let index = 0; index < total; index += 1) server.peer.send(text);
    await harness.until(() => harness.connection.stats.pauses === 1);
    // What one read of the socket brought still came; then the server feels it.
    expect(harness.connection.stats.queuedFrames).toBeLessThan(2000);
    expect(server.peer.socket.bufferedAmount).toBeGreaterThan(0);
    await harness.time.advance(60_000);
    expect(harness.connection.state).toBe('open');
    expect(harness.connection.stats.pausedMs).toBe(60_000);
    const sequences = await collect(frames, total);
    expect(sequences).toStrictEqual(Array.from({ length: total }, (_, index) => index));
    expect(harness.connection.stats).toMatchObject({ droppedFrames: 0, disconnects: 0 });
    expect(harness.connection.stats.pauses).toBeGreaterThan(1);
  });

  it('does not hold the tap up when it drops', async () => {
    const total = 5000;
    const gaps: GapEvent[] = [];
    await using harness = new Harness({ url: server.url });
    const frames = harness.connection.frames({
      overflow: 'dropOldest',
      maxFrames: 10,
      onGap: (gap) => gaps.push(gap),
    });
    await harness.connection.open();
    const text = bookUpdate('BTC/USD');
    for (let index = 0; index < total; index += 1) server.peer.send(text);
    await harness.until(() => harness.frames.length === total);
    expect(await collect(frames, 1)).toStrictEqual([total - 10]);
    expect(gaps).toMatchObject([
      { reason: 'drop', detail: expect.stringContaining('4990 frames') },
    ]);
    expect(harness.connection.stats).toMatchObject({ droppedFrames: total - 10, pauses: 0 });
    expect(harness.gaps).toStrictEqual([]);
  });

  it('waits for acknowledgements while the socket is paused by us', async () => {
    await using harness = new Harness({ url: server.url, maxQueuedFrames: 10 });
    const frames = harness.connection.frames();
    await harness.connection.open();
    const text = bookUpdate('BTC/USD');
    for (let index = 0; index < 20_000; index += 1) server.peer.send(text);
    await harness.until(() => harness.connection.stats.pauses === 1);
    const results = harness.connection.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    await server.until(() => server.peer.requests.length === 1);
    await harness.time.advance(20_000);
    const read = collect(frames, 20_001);
    await expect(results).resolves.toMatchObject([{ success: true }]);
    expect(await read).toHaveLength(20_001);
    expect(server.peer.requests).toHaveLength(1);
  });

  it.each([
    [{ maxFrames: 0 }, 'maxFrames'],
    [{ maxBytes: Number.NaN }, 'maxBytes'],
  ])('refuses %j', (options, option) => {
    const harness = new Harness({ url: server.url });
    expect(() => harness.connection.frames(options)).toThrow(
      `frames: ${option} must be at least 1.`,
    );
  });
});
