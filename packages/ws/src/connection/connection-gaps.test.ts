import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness } from '../../test/harness.ts';
import {
  acknowledge,
  bookSnapshot,
  bookUpdate,
  HEARTBEAT,
  type Request,
  ScriptedServer,
  STATUS,
} from '../../test/scripted-server.ts';

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  await server.close();
});

async function openHarness(
  options: Partial<ConstructorParameters<typeof Harness>[0]> = {},
): Promise<Harness> {
  const harness = new Harness({ url: server.url, ...options });
  await harness.connection.open();
  return harness;
}

const methodsOf = (requests: readonly Request[]): string[] =>
  requests.map(({ method, params }) => [method, ...(params?.symbol ?? [])].join(' '));

/** What was told of holes: `disconnect book A opens`. */
const told = ({ gaps }: Harness): string[] =>
  gaps.map(({ reason, channel, symbols, to }) =>
    [reason, channel, ...symbols, to === undefined ? 'opens' : 'closes'].join(' '),
  );

/** Subscribes to books and has their snapshots come. */
async function cover(harness: Harness, ...symbol: string[]): Promise<void> {
  await harness.connection.subscribe({ channel: 'book', symbol });
  server.peer.send(...symbol.map(bookSnapshot));
  await harness.until(() =>
    harness.connection.subscriptions.every(({ status }) => status === 'alive'),
  );
}

async function reconnect(harness: Harness): Promise<void> {
  server.peer.socket.terminate();
  await harness.reaches('reconnecting');
  await harness.time.advance(250);
  await harness.reaches('open', 2);
}

describe('a hole that a disconnect leaves', () => {
  it('opens at once and ends with the snapshot of each symbol, not with the first frame', async () => {
    await using harness = await openHarness();
    await cover(harness, 'A/USD', 'B/USD');
    await reconnect(harness);
    expect(told(harness)).toStrictEqual([
      'disconnect book A/USD opens',
      'disconnect book B/USD opens',
    ]);
    server.peer.send(STATUS, bookUpdate('A/USD'), bookSnapshot('A/USD'));
    await harness.until(() => harness.gaps.length === 3);
    await harness.time.advance(1000);
    server.peer.send(HEARTBEAT, bookSnapshot('B/USD'));
    await harness.until(() => harness.gaps.length === 4);
    expect(told(harness).slice(2)).toStrictEqual([
      'disconnect book A/USD closes',
      'disconnect book B/USD closes',
    ]);
    expect(harness.gaps[3]).toStrictEqual({
      reason: 'disconnect',
      from: '2026-01-01T00:00:00.000000000Z',
      to: '2026-01-01T00:00:01.250000000Z',
      channel: 'book',
      symbols: ['B/USD'],
      connectionId: 1,
      repaired: false,
      detail: 'the server closed the connection with code 1006',
    });
  });

  it('ends with the acknowledgement where no snapshot is to come', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe({ channel: 'trade', symbol: ['A/USD'] });
    await reconnect(harness);
    await harness.until(() => harness.gaps.length === 2);
    expect(told(harness)).toStrictEqual([
      'disconnect trade A/USD opens',
      'disconnect trade A/USD closes',
    ]);
    expect(harness.gaps[0]?.from).toBeDefined();
  });

  it('goes on through further disconnects, and ends when nobody wants the data any more', async () => {
    await using harness = await openHarness();
    await cover(harness, 'A/USD');
    await reconnect(harness);
    server.peer.socket.terminate();
    await harness.reaches('reconnecting', 2);
    expect(told(harness)).toStrictEqual(['disconnect book A/USD opens']);
    await harness.connection.unsubscribe({ channel: 'book', symbol: ['A/USD'] });
    expect(told(harness)).toStrictEqual([
      'disconnect book A/USD opens',
      'disconnect book A/USD closes',
    ]);
  });

  it('is told before any frame that comes after it', async () => {
    const order: string[] = [];
    await using harness = await openHarness({
      onFrame: ({ connectionId, sequence }) => order.push(`${connectionId}.${sequence}`),
      onGap: ({ to }) => order.push(to === undefined ? 'opens' : 'closes'),
    });
    await cover(harness, 'A/USD');
    await reconnect(harness);
    server.answer = () => undefined;
    server.peer.send(STATUS, bookSnapshot('A/USD'));
    await harness.until(() => harness.gaps.length === 2);
    expect(order.slice(2, 3)).toStrictEqual(['opens']);
    expect(order.at(-1)).toBe('closes');
  });
});

describe('a subscription that was acknowledged and is silent', () => {
  it('is renewed by itself when its snapshot does not come, and no other with it', async () => {
    await using harness = await openHarness({ staleAfterMs: 60_000, dropAfterMs: 60_000 });
    await harness.connection.subscribe({ channel: 'book', symbol: ['A/USD', 'B/USD'] });
    server.peer.send(bookSnapshot('B/USD'));
    await harness.until(() => harness.connection.subscriptions[1]?.status === 'alive');
    await harness.time.advance(10_000);
    await server.until(() => methodsOf(server.peer.requests).includes('subscribe A/USD'));
    expect(methodsOf(server.peer.requests).filter((text) => text !== 'ping')).toStrictEqual([
      'subscribe A/USD B/USD',
      'unsubscribe A/USD',
      'subscribe A/USD',
    ]);
    await harness.until(() => harness.subscriptions.at(-1)?.status === 'active');
    expect(harness.subscriptions).toContainEqual({
      channel: 'book',
      symbol: 'A/USD',
      status: 'renewing',
      error: undefined,
      reason: 'acknowledged, and no snapshot came within 10000 ms',
    });
    // Nothing was covered, so nothing is missing.
    expect(harness.gaps).toStrictEqual([]);
  });

  it('is renewed after the silence that its channel is allowed, heartbeats or not', async () => {
    await using harness = await openHarness({ cadenceMs: { book: 20_000 } });
    await cover(harness, 'A/USD');
    await harness.connection.subscribe({ channel: 'trade', symbol: ['A/USD'] });
    for (let second = 0; second < 20; second += 1) {
      server.peer.send(HEARTBEAT);
      await harness.until(() => harness.frames.length === second + 4);
      await harness.time.advance(1000);
    }
    await server.until(() => methodsOf(server.peer.requests).at(-1) === 'subscribe A/USD');
    expect(told(harness)).toStrictEqual(['silence book A/USD opens']);
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'active');
    server.peer.send(bookUpdate('A/USD'), bookSnapshot('A/USD'));
    await harness.until(() => harness.gaps.length === 2);
    expect(harness.gaps[1]).toMatchObject({
      reason: 'silence',
      from: '2026-01-01T00:00:00.000000000Z',
      to: '2026-01-01T00:00:20.000000000Z',
      detail: 'acknowledged, and silent for 20000 ms',
    });
  });

  it('is left alone twice as long when a renewal brought nothing but a snapshot', async () => {
    server.answer = (request, peer) => {
      acknowledge(request, peer);
      if (request.method === 'subscribe') peer.send(bookSnapshot('A/USD'));
    };
    await using harness = await openHarness({ cadenceMs: () => 10_000 });
    await harness.connection.subscribe({ channel: 'book', symbol: ['A/USD'] });
    const renewals: number[] = [];
    let snapshots = 1;
    for (let second = 1; second <= 80; second += 1) {
      await harness.time.advance(1000);
      const frames = harness.frames.length;
      server.peer.send(HEARTBEAT);
      await harness.until(() => harness.frames.length > frames);
      const renewing = harness.subscriptions.filter(({ status }) => status === 'renewing').length;
      if (renewing === renewals.length) continue;
      renewals.push(second);
      snapshots += 1;
      await harness.until(
        () => harness.texts.filter((text) => text.includes('snapshot')).length === snapshots,
      );
    }
    expect(renewals).toStrictEqual([10, 30, 70]);
  });

  it('is not judged by the time in which our own process stood still', async () => {
    await using harness = await openHarness({
      cadenceMs: { book: 20_000 },
      staleAfterMs: 600_000,
      dropAfterMs: 600_000,
    });
    await cover(harness, 'A/USD');
    harness.time.stall(60_000);
    server.peer.send(HEARTBEAT);
    await harness.time.advance(0);
    expect(harness.subscriptions.map(({ status }) => status)).not.toContain('renewing');
  });
});

describe('renew()', () => {
  it('drops what is left of the old stream, and says when the new one is there', async () => {
    await using harness = await openHarness();
    await cover(harness, 'A/USD', 'B/USD');
    server.answer = (request, peer) => {
      if (request.method === 'unsubscribe') peer.send(bookUpdate('A/USD'), bookSnapshot('A/USD'));
      acknowledge(request, peer);
    };
    await expect(
      harness.connection.renew(
        { channel: 'book', symbol: ['A/USD', 'C/USD'] },
        { detail: 'checksum', fromNs: 0n },
      ),
    ).resolves.toMatchObject([{ success: true }, { success: false, code: 'NOT_SUBSCRIBED' }]);
    expect(told(harness)).toStrictEqual(['resync book A/USD opens']);
    expect(harness.gaps[0]).toMatchObject({ from: '1970-01-01T00:00:00.000000000Z' });
    expect(harness.connection.subscriptions[0]).toMatchObject({ status: 'active', dataFrames: 0 });
    server.peer.send(bookSnapshot('A/USD'));
    await harness.until(() => harness.gaps.length === 2);
    expect(harness.connection.subscriptions[1]).toMatchObject({ dataFrames: 1 });
  });

  it('unsubscribes once more when the old stream turns out to run on', async () => {
    await using harness = await openHarness();
    await cover(harness, 'A/USD');
    let asked = 0;
    server.answer = (request, peer) => {
      const { method, req_id } = request;
      if (method !== 'ping') asked += 1;
      if (asked === 1) return; // The unsubscribing is lost.
      if (asked > 2 || method === 'ping') acknowledge(request, peer);
      else peer.send({ method, req_id, success: false, error: 'Already subscribed' });
    };
    const renewed = harness.connection.renew({ channel: 'book', symbol: ['A/USD'] });
    await server.until(() => asked === 1);
    await harness.time.advance(4000);
    server.peer.send(HEARTBEAT);
    await harness.until(() => harness.texts.includes(HEARTBEAT));
    await harness.time.advance(1000);
    await renewed;
    await harness.time.advance(1000);
    await server.until(() => asked === 4);
    expect(methodsOf(server.peer.requests).filter((text) => text !== 'ping')).toStrictEqual([
      'subscribe A/USD',
      'unsubscribe A/USD',
      'subscribe A/USD',
      'unsubscribe A/USD',
      'subscribe A/USD',
    ]);
  });
});
