import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, Harness } from '../../test/harness.ts';
import { bookUpdate, HEARTBEAT, ScriptedServer, STATUS } from '../../test/scripted-server.ts';
import { createClient } from '../client/create-client.ts';
import { isWsError } from '../errors.ts';
import { createAttemptBudget, sharedBudget } from './attempt-budget.ts';
import type { StateEvent } from './connection-state.ts';

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  await server.close();
});

describe('a connection', () => {
  it('opens nothing until it is told to', async () => {
    await using harness = new Harness({ url: server.url });
    expect(harness.connection.state).toBe('idle');
    expect(server.peers).toHaveLength(0);
    expect(harness.time.armed).toBe(0);
  });

  it('goes from idle over connecting to open, and to closed by close()', async () => {
    const harness = new Harness({ url: server.url });
    await harness.connection.open();
    expect(harness.connection).toMatchObject({ state: 'open', connectionId: 1 });
    await harness.connection.close();
    expect(harness.states).toStrictEqual([
      { from: 'idle', to: 'connecting', connectionId: 1, attempt: 1, waitMs: 0 },
      { from: 'connecting', to: 'open', connectionId: 1 },
      { from: 'open', to: 'closed', error: undefined },
    ]);
    expect(harness.time.armed).toBe(0);
    expect(harness.gaps).toStrictEqual([]);
  });

  it('gives the same opening to everybody who asks, and closes once', async () => {
    await using harness = new Harness({ url: server.url });
    await Promise.all([harness.connection.open(), harness.connection.open()]);
    expect(server.peers).toHaveLength(1);
    expect(harness.connection.close()).toBe(harness.connection.close());
  });

  it('stamps each frame with both clocks, its connection and its sequence', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await harness.time.advance(1500);
    server.peer.send(STATUS, HEARTBEAT);
    await harness.until(() => harness.frames.length === 2);
    expect(harness.frames[1]).toMatchObject({
      receivedAt: { wallNs: 1_767_225_601_500_000_000n, monotonicNs: 1_500_000_000n },
      connectionId: 1,
      sequence: 1,
    });
    expect(harness.texts).toStrictEqual([STATUS, HEARTBEAT]);
  });

  it('reconnects with a new id and numbers frames anew, and tells the hole before its end', async () => {
    const order: string[] = [];
    await using harness = new Harness({
      url: server.url,
      onFrame: ({ connectionId, sequence }) => order.push(`frame ${connectionId}.${sequence}`),
      onGap: () => order.push('gap'),
    });
    await harness.connection.open();
    server.peer.send(STATUS, HEARTBEAT);
    await harness.until(() => harness.frames.length === 2);
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    expect(harness.connection.state).toBe('reconnecting');
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    server.peer.send(STATUS);
    await harness.until(() => harness.frames.length === 3);
    expect(order).toStrictEqual(['frame 1.0', 'frame 1.1', 'gap', 'frame 2.0']);
    expect(harness.gaps).toStrictEqual([
      {
        reason: 'disconnect',
        from: '2026-01-01T00:00:00.000000000Z',
        to: '2026-01-01T00:00:00.250000000Z',
        symbols: [],
        connectionId: 1,
        repaired: false,
        detail: 'the server closed the connection with code 1006',
      },
    ]);
    expect(harness.connection.stats).toMatchObject({ attempts: 2, disconnects: 1, frames: 3 });
  });

  it('takes ids from whoever numbers the sockets', async () => {
    let id = 40;
    await using harness = new Harness({ url: server.url, nextConnectionId: () => (id += 1) });
    await harness.connection.open();
    expect(harness.connection.connectionId).toBe(41);
  });

  it('makes one hole of several failed attempts, open-ended when it is closed in it', async () => {
    const harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.send(HEARTBEAT);
    await harness.until(() => harness.frames.length === 1);
    server.refusals.push({ status: 503 }, { status: 502 });
    server.peer.socket.terminate();
    await harness.reaches('reconnecting', 1);
    await harness.time.advance(250);
    await harness.reaches('reconnecting', 2);
    await harness.time.advance(500);
    await harness.reaches('reconnecting', 3);
    expect(harness.gaps).toStrictEqual([]);
    await harness.connection.close();
    expect(harness.gaps).toMatchObject([
      { from: expect.any(String), to: undefined, connectionId: 1 },
    ]);
    expect(harness.time.armed).toBe(0);
  });

  it('has no beginning of a hole when nothing had come before', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    server.peer.send(STATUS);
    await harness.until(() => harness.gaps.length === 1);
    expect(harness.gaps[0]).toMatchObject({ from: undefined, to: expect.any(String) });
  });

  it.each([1000, 1001, 1011, 1012, 1013, 4000])('reconnects after close code %i', async (code) => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.socket.close(code, 'bye');
    await harness.reaches('reconnecting');
    expect(harness.states.at(-1)).toMatchObject({
      to: 'reconnecting',
      attempt: 1,
      retryInMs: 250,
      disconnect: { kind: 'close', code, reason: 'bye' },
    });
  });

  it.each([
    ['a message above its bound', Buffer.alloc(2000, 'x'), 'Max payload size exceeded'],
    ['text that is not UTF-8', Buffer.from([0xff, 0xfe]), 'invalid UTF-8 sequence'],
  ])('replaces a socket that brings %s', async (_what, data, reason) => {
    await using harness = new Harness({ url: server.url, maxFrameBytes: 1000 });
    await harness.connection.open();
    server.peer.socket.send(data, { binary: false });
    await harness.reaches('reconnecting');
    expect(harness.states.at(-1)).toMatchObject({
      disconnect: { kind: 'close', code: 1006, reason: expect.stringContaining(reason) },
    });
    expect(harness.frames).toStrictEqual([]);
  });

  it('takes close code 1008 for the end, and says so everywhere', async () => {
    await using harness = new Harness({ url: server.url });
    const frames = harness.connection.frames();
    await harness.connection.open();
    server.peer.send(STATUS);
    await harness.until(() => harness.frames.length === 1);
    server.peer.socket.close(1008, 'policy');
    await harness.reaches('closed');
    await expect(frames.next()).resolves.toMatchObject({ value: { sequence: 0 } });
    await expect(frames.next()).rejects.toThrow(
      `The connection to ${server.url} is lost for good: the server closed the connection with code 1008 (policy).`,
    );
    await expect(frames.next()).resolves.toStrictEqual({ done: true, value: undefined });
    expect(harness.gaps).toMatchObject([{ reason: 'disconnect', to: undefined }]);
    expect(harness.states.at(-1)).toMatchObject({ error: { code: 'CONNECTION_LOST' } });
  });
});

describe('open()', () => {
  it('says in one line that nobody listens there', async () => {
    const { url, port } = server;
    await server.close();
    const harness = new Harness({ url: `ws://user:secret@127.0.0.1:${port}/v2?token=hush` });
    await expect(harness.connection.open()).rejects.toThrow(
      `Cannot connect to ${url}: the connection was refused (ECONNREFUSED). Check that the server runs and that the port is right.`,
    );
    expect(harness.path).toStrictEqual(['connecting', 'closed']);
    expect(harness.time.armed).toBe(0);
    server = await ScriptedServer.listen();
  });

  it('says it of a name with two addresses, too', async () => {
    const { port } = server;
    await server.close();
    const harness = new Harness({ url: `ws://localhost:${port}/v2` });
    await expect(harness.connection.open()).rejects.toThrow('refused (ECONNREFUSED)');
    server = await ScriptedServer.listen();
  });

  it.each([
    [503, 'The server is busy or down: try again later.'],
    [403, 'Check the address and that this host may use it.'],
  ])('fails with the status when the upgrade is answered with %i', async (status, advice) => {
    server.refusals.push({ status });
    const harness = new Harness({ url: server.url });
    await expect(harness.connection.open()).rejects.toThrow(
      `the server answered HTTP ${status} instead of opening a WebSocket. ${advice}`,
    );
  });

  it('tries as often as it may where trying can help', async () => {
    server.refusals.push({ status: 503 }, { status: 429, headers: { 'Retry-After': '7' } });
    await using harness = new Harness({ url: server.url });
    const opened = harness.connection.open({ attempts: 3 });
    await harness.reaches('reconnecting', 1);
    await harness.time.advance(250);
    await harness.reaches('reconnecting', 2);
    expect(harness.states.at(-1)).toMatchObject({ attempt: 3, retryInMs: 7000 });
    await harness.time.advance(7000);
    await opened;
    expect(harness.connection.state).toBe('open');
  });

  it('does not try again after a terminal answer, however often it may', async () => {
    server.refusals.push({ status: 401 });
    const harness = new Harness({ url: server.url });
    const error = await failureOf(harness.connection.open({ attempts: 9 }));
    expect(isWsError(error, 'CONNECT_FAILED')).toBe(true);
    expect(error).toMatchObject({ context: { attempts: 1, disconnect: { status: 401 } } });
  });

  it('gives a server up that accepts and says nothing', async () => {
    server.isMute = true;
    const harness = new Harness({ url: server.url, connectTimeoutMs: 3000 });
    const opened = failureOf(harness.connection.open());
    await harness.time.advance(3000);
    expect(await opened).toMatchObject({
      message: expect.stringContaining('no connection within 3000 ms'),
    });
  });

  it('can be aborted before, while connecting, and while waiting', async () => {
    const aborted = new Harness({ url: server.url });
    await expect(
      aborted.connection.open({ signal: AbortSignal.abort('no') }),
    ).rejects.toMatchObject({ code: 'ABORTED', cause: 'no' });
    expect(aborted.connection.state).toBe('idle');

    server.isMute = true;
    const connecting = new Harness({ url: server.url });
    const first = new AbortController();
    const opened = connecting.connection.open({ signal: first.signal });
    first.abort();
    await expect(opened).rejects.toMatchObject({ code: 'ABORTED' });
    expect(connecting.connection.state).toBe('closed');
    expect(connecting.time.armed).toBe(0);

    server.isMute = false;
    server.refusals.push({ status: 503 });
    const waiting = new Harness({ url: server.url });
    const second = new AbortController();
    const retried = waiting.connection.open({ signal: second.signal, attempts: 2 });
    await waiting.reaches('reconnecting');
    second.abort();
    await expect(retried).rejects.toMatchObject({ code: 'ABORTED' });
    expect(waiting.time.armed).toBe(0);
  });

  it('sends the headers it is given, and says when one cannot be sent', async () => {
    const sent: (string | undefined)[] = [];
    server.onUpgrade = ({ headers }) => sent.push(headers['user-agent']);
    await using harness = new Harness({ url: server.url, headers: { 'User-Agent': 'kr' } });
    await harness.connection.open();
    expect(sent).toStrictEqual(['kr']);
    const wrong = new Harness({ url: server.url, headers: { 'X-Kr': 'two\nlines' } });
    await expect(wrong.connection.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(wrong.path).toStrictEqual(['connecting', 'closed']);
  });

  it('waits for the budget that connections to a host share, and can be aborted in that', async () => {
    const first = new Harness({ url: server.url });
    const budget = createAttemptBudget({ clock: first.time, attempts: 1, windowMs: 60_000 });
    expect(budget.take(`127.0.0.1:${server.port}`)).toBe(true);
    const timeOf = { clock: first.time, timers: first.time, budget };
    const second = new Harness({ url: server.url, ...timeOf });
    const opened = second.connection.open();
    expect(second.states).toMatchObject([{ to: 'connecting', waitMs: 60_000 }]);
    const third = new Harness({ url: server.url, ...timeOf });
    const controller = new AbortController();
    const aborted = failureOf(third.connection.open({ signal: controller.signal }));
    await first.time.advance(30_000);
    controller.abort();
    expect(await aborted).toMatchObject({ code: 'ABORTED' });
    expect(server.peers).toHaveLength(0);
    await first.time.advance(30_000);
    await opened;
    server.peer.socket.terminate();
    await second.reaches('reconnecting');
    expect(second.states.at(-1)).toMatchObject({ retryInMs: 60_000 });
    await second.connection.close();
    expect(first.time.armed).toBe(0);
  });

  it('counts with all that keep the same time, connections and clients alike', async () => {
    const one = new Harness({ url: server.url });
    for (let attempt = 1; attempt < 120; attempt += 1) {
      sharedBudget(one.time).take(`127.0.0.1:${server.port}`);
    }
    await one.connection.open();
    const states: StateEvent[] = [];
    const client = createClient({
      url: server.url,
      clock: one.time,
      timers: one.time,
      onState: (event) => states.push(event),
    });
    client.listen({ channel: 'book', symbol: ['A/USD'] }, {});
    expect(states).toMatchObject([{ to: 'connecting', waitMs: 600_000 }]);
    // Another clock is another program, as far as anybody can tell.
    await using other = new Harness({ url: server.url });
    await other.connection.open();
    expect(server.peers).toHaveLength(2);
    await Promise.all([client.close(), one.connection.close()]);
  });

  it('is over with close()', async () => {
    server.isMute = true;
    const harness = new Harness({ url: server.url });
    const opened = failureOf(harness.connection.open());
    await harness.connection.close();
    expect(await opened).toMatchObject({ code: 'CLOSED' });
    await expect(harness.connection.open()).rejects.toThrow('Create a new one');
  });
});

describe('liveness', () => {
  it('asks after silence, is stale, and is open again by any frame', async () => {
    server.answer = () => undefined;
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await harness.time.advance(2500);
    await server.until(() => server.peer.requests.length === 1);
    expect(server.peer.requests[0]).toStrictEqual({ method: 'ping', req_id: 1 });
    await harness.time.advance(2500);
    expect(harness.states.at(-1)).toStrictEqual({
      from: 'open',
      to: 'stale',
      connectionId: 1,
      silentMs: 5000,
    });
    server.peer.send(HEARTBEAT);
    await harness.reaches('open', 2);
    expect(harness.connection.state).toBe('open');
  });

  it('keeps a connection without subscriptions by its pings', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    for (let round = 1; round <= 10; round += 1) {
      await harness.time.advance(2500);
      await harness.until(() => harness.frames.length === round);
    }
    expect(harness.path).toStrictEqual(['connecting', 'open']);
    expect(harness.connection.stats.roundTripMs).toBe(0);
  });

  it('replaces a half-open socket', async () => {
    server.answer = () => undefined;
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.send(STATUS);
    await harness.until(() => harness.frames.length === 1);
    await harness.time.advance(10_000);
    expect(harness.path).toStrictEqual(['connecting', 'open', 'stale', 'reconnecting']);
    expect(harness.states.at(-1)).toMatchObject({ disconnect: { kind: 'silence' } });
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    server.peer.send(STATUS);
    await harness.until(() => harness.gaps.length === 1);
    expect(harness.gaps[0]).toMatchObject({ detail: 'nothing was received for 10000 ms' });
  });

  it('pings a busy connection every half minute', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    for (let second = 1; second <= 30; second += 1) {
      server.peer.send(HEARTBEAT);
      await harness.until(() => harness.frames.length === second);
      await harness.time.advance(1000);
    }
    await server.until(() => server.peer.requests.length === 1);
    expect(server.peer.requests[0]).toMatchObject({ method: 'ping' });
  });

  it('does not take its own standstill for the server’s silence', async () => {
    server.answer = () => undefined;
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    harness.time.stall(60_000);
    await harness.time.advance(2500);
    expect(harness.path).toStrictEqual(['connecting', 'open']);
  });
});

describe('backoff', () => {
  it('grows while the server accepts and drops, and begins anew after a stable minute', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    const delays: number[] = [];
    for (let round = 1; round <= 4; round += 1) {
      if (round === 4) {
        for (let second = 1; second <= 60; second += 1) {
          server.peer.send(HEARTBEAT);
          await harness.until(() => harness.frames.length >= second);
          await harness.time.advance(1000);
        }
      }
      server.peer.socket.terminate();
      await harness.reaches('reconnecting', round);
      const last = harness.states.at(-1);
      if (last?.to !== 'reconnecting') throw new Error('expected a reconnect');
      delays.push(last.retryInMs);
      await harness.time.advance(last.retryInMs);
      await harness.reaches('open', round + 1);
      await server.until(() => server.peers.length === round + 1);
    }
    expect(delays).toStrictEqual([250, 500, 1000, 250]);
  });

  it('waits at least five seconds while the exchange is in maintenance', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.send(STATUS.replace('online', 'maintenance'));
    await harness.until(() => harness.frames.length === 1);
    server.peer.socket.close(1001);
    await harness.reaches('reconnecting');
    expect(harness.states.at(-1)).toMatchObject({ retryInMs: 5000 });
  });
});

describe('listeners', () => {
  it('end the connection when they throw: going on would lose frames in silence', async () => {
    const harness = new Harness({
      url: server.url,
      onFrame: () => {
        throw new Error('disk full');
      },
    });
    await harness.connection.open();
    server.peer.send(bookUpdate('BTC/USD'), bookUpdate('BTC/USD'));
    await harness.reaches('closed');
    expect(harness.states.at(-1)).toMatchObject({
      error: {
        code: 'LISTENER_FAILED',
        message: expect.stringContaining('onFrame threw: disk full'),
      },
    });
    expect(harness.gaps).toMatchObject([{ to: undefined, detail: 'onFrame failed' }]);
    expect(harness.frames).toHaveLength(1);
  });

  it('end it before the frame when the one of the hole throws', async () => {
    const harness = new Harness({
      url: server.url,
      onGap: () => {
        throw new Error('disk full');
      },
    });
    await harness.connection.open();
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    server.peer.send(STATUS);
    await harness.reaches('closed');
    expect(harness.frames).toStrictEqual([]);
    expect(harness.states.at(-1)).toMatchObject({ error: { context: { listener: 'onGap' } } });
  });

  it('may close the connection from within', async () => {
    const harness: Harness = new Harness({
      url: server.url,
      onState: ({ to }) => {
        if (to === 'open') void harness.connection.close();
      },
    });
    await harness.connection.open();
    await harness.reaches('closed');
    expect(harness.path).toStrictEqual(['connecting', 'open', 'closed']);
    expect(harness.time.armed).toBe(0);
  });
});
