import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { ClientHarness } from '../../test/client-harness.ts';
import { failureOf } from '../../test/harness.ts';
import {
  acknowledge,
  bookSnapshot,
  bookUpdate,
  type Peer,
  type Request,
  ScriptedServer,
  trade,
} from '../../test/scripted-server.ts';
import type { Client, Message, Stream } from '../index.ts';

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  await server.close();
});

const book = (...symbol: string[]) => ({ channel: 'book' as const, symbol, depth: 10 });
const harnessOf = (options: Partial<ConstructorParameters<typeof ClientHarness>[0]> = {}) =>
  new ClientHarness({ url: server.url, ...options });
const asked = (peers: readonly Peer[] = server.peers): string[] =>
  peers.flatMap(({ requests }, index) =>
    requests
      .filter(({ method }) => method !== 'ping')
      .map(({ method, params }) =>
        [index, method, params?.channel, params?.['depth'], ...(params?.symbol ?? [])].join(' '),
      ),
  );
const row = (symbol: string, id: number): string => trade(symbol, id).slice(43, -2);
const symbolsOf = ({ data }: Message<'trade'>): string =>
  data.map(({ symbol, trade_id }) => `${symbol} ${trade_id}`).join(', ');
const HOUR_NS = 3_600_000_000_000n;
const depthOf = (peer: Peer): unknown => peer.requests[0]?.params?.['depth'];
const take = async <T>(stream: AsyncIterator<T, undefined>, count: number): Promise<T[]> => {
  const items: T[] = [];
  while (items.length < count) {
    const { done, value } = await stream.next();
    if (done === true) break;
    items.push(value);
  }
  return items;
};

describe('client.subscribe()', () => {
  it('connects by itself and iterates messages typed by their channel', async () => {
    await using harness = harnessOf();
    const stream = harness.client.subscribe(book('BTC/USD'));
    expect(await stream.results).toMatchObject([{ symbol: 'BTC/USD', success: true }]);
    server.peer.send(bookSnapshot('BTC/USD'), bookUpdate('ETH/USD'), bookUpdate('BTC/USD'));
    const messages = await take(stream, 2);
    expect(messages.map(({ type, frameSequence }) => [type, frameSequence])).toStrictEqual([
      ['snapshot', 1],
      ['update', 3],
    ]);
    expect(messages[0]?.data[0]?.asks[0]).toStrictEqual({ price: '64525.3', qty: '0.00309336' });
    expect(messages[0]).toMatchObject({ connectionId: 1, channel: 'book' });
    expectTypeOf(stream).toEqualTypeOf<Stream<Message<'book'>>>();
  });

  it('hands out of a frame only the rows of its own symbols', async () => {
    await using harness = harnessOf();
    const one = harness.client.subscribe({ channel: 'trade', symbol: ['A/USD'] });
    const both = harness.client.subscribe({ channel: 'trade', symbol: ['A/USD', 'B/USD'] });
    await both.results;
    server.peer.send(
      `{"channel":"trade","type":"update","data":[${[row('A/USD', 1), row('B/USD', 1), row('A/USD', 2), row('C/USD', 1)].join(',')}]}`,
    );
    expect((await take(one, 1)).map(symbolsOf)).toStrictEqual(['A/USD 1, A/USD 2']);
    expect((await take(both, 2)).map(symbolsOf).toSorted()).toStrictEqual([
      'A/USD 1, A/USD 2',
      'B/USD 1',
    ]);
  });

  it('shares one subscription on the wire, until the last one leaves', async () => {
    await using harness = harnessOf();
    const first = harness.client.subscribe(book('A/USD', 'B/USD'));
    const second = harness.client.subscribe({ channel: 'book', symbol: ['A/USD'] });
    await second.results;
    expect(harness.client.subscriptions).toMatchObject([
      { symbol: 'A/USD', references: 2, lanes: [{ connectionId: 1, status: 'active' }] },
      { symbol: 'B/USD', references: 1 },
    ]);
    await first.close();
    expect(harness.client.subscriptions).toMatchObject([{ symbol: 'A/USD', references: 1 }]);
    server.peer.send(bookUpdate('A/USD'));
    for await (const { data } of second) {
      expect(data[0]?.symbol).toBe('A/USD');
      break;
    }
    expect(harness.client.subscriptions).toStrictEqual([]);
    await server.until(() => asked().length === 3);
    expect(asked()).toStrictEqual([
      '0 subscribe book 10 A/USD B/USD',
      '0 unsubscribe book 10 B/USD',
      '0 unsubscribe book 10 A/USD',
    ]);
    expect(await first.next()).toStrictEqual({ done: true, value: undefined });
  });

  it('puts another depth of a symbol on another connection, for frames do not tell it', async () => {
    await using harness = harnessOf();
    const shallow = harness.client.subscribe(book('A/USD'));
    const deep = harness.client.subscribe({ channel: 'book', symbol: ['A/USD'], depth: 100 });
    await Promise.all([shallow.results, deep.results]);
    for (const peer of server.peers) {
      peer.send(bookUpdate('A/USD', depthOf(peer) === 10 ? '10.0' : '100.0'));
    }
    expect((await take(shallow, 1))[0]?.data[0]?.asks[0]?.price).toBe('10.0');
    expect((await take(deep, 1))[0]?.data[0]?.asks[0]?.price).toBe('100.0');
    expect(server.peers).toHaveLength(2);
  });

  it('lets one bad symbol harm no other, and fails only when all were refused', async () => {
    server.answer = (request, peer) => {
      const { method, req_id } = request;
      for (const symbol of request.params?.symbol ?? []) {
        if (symbol !== 'BAD/USD') acknowledge({ ...request, params: book(symbol) }, peer);
        else
          peer.send({
            method,
            req_id,
            success: false,
            error: 'Currency pair not supported BAD/USD',
            symbol,
          });
      }
    };
    await using harness = harnessOf();
    const mixed = harness.client.subscribe(book('A/USD', 'BAD/USD'));
    expect(await mixed.results).toMatchObject([
      { success: true },
      { success: false, code: 'REJECTED', error: 'Currency pair not supported BAD/USD' },
    ]);
    server.peer.send(bookUpdate('A/USD'));
    expect(await take(mixed, 1)).toHaveLength(1);
    const bad = harness.client.subscribe(book('BAD/USD'));
    expect(await failureOf(bad.next())).toMatchObject({
      code: 'REJECTED',
      message: 'Kraken refused book BAD/USD: Currency pair not supported BAD/USD',
    });
    expect(harness.client.subscriptions.map(({ symbol }) => symbol)).toStrictEqual(['A/USD']);
  });

  it('tells holes to those whose subscription has them, and goes on after a reconnect', async () => {
    await using harness = harnessOf();
    const gaps: string[] = [];
    const stream = harness.client.subscribe(book('A/USD'), {
      onGap: ({ symbols, to }) =>
        gaps.push(`${symbols.join()} ${to === undefined ? 'opens' : 'closes'}`),
    });
    const trades = harness.client.subscribe({ channel: 'trade', symbol: ['B/USD'] });
    await Promise.all([stream.results, trades.results]);
    server.peer.send(bookSnapshot('A/USD'));
    await take(stream, 1);
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await harness.time.advance(250);
    await harness.until(() => harness.gaps.length === 3);
    server.peer.send(bookSnapshot('A/USD'));
    expect((await take(stream, 1))[0]).toMatchObject({ connectionId: 2 });
    expect(gaps).toStrictEqual(['A/USD opens', 'A/USD closes']);
    expect(harness.told).toStrictEqual([
      'disconnect book A/USD opens',
      'disconnect trade B/USD opens',
      'disconnect trade B/USD closes',
      'disconnect book A/USD closes',
    ]);
  });

  it('pauses the socket for a loop that is behind, and says what was dropped when told to drop', async () => {
    await using harness = harnessOf();
    const gaps: unknown[] = [];
    const slow = harness.client.subscribe(book('A/USD'), { maxMessages: 10 });
    const lossy = harness.client.subscribe(book('A/USD', 'B/USD'), {
      maxMessages: 10,
      overflow: 'dropOldest',
      onGap: (gap) => gaps.push(gap),
    });
    await lossy.results;
    for (let index = 0; index < 20_000; index += 1) server.peer.send(bookUpdate('A/USD'));
    expect(await take(slow, 20_000)).toHaveLength(20_000);
    expect(harness.client.stats.pauses).toBeGreaterThan(0);
    await take(lossy, 10);
    expect(gaps).toMatchObject([
      {
        reason: 'drop',
        channel: 'book',
        symbols: ['A/USD'],
        detail: expect.stringMatching(/^\d+ messages/),
      },
    ]);
  });

  it('ends with ABORTED by its signal, also one that had fired', async () => {
    await using harness = harnessOf();
    const controller = new AbortController();
    const stream = harness.client.subscribe(book('A/USD'), { signal: controller.signal });
    await stream.results;
    controller.abort();
    expect(await failureOf(stream.next())).toMatchObject({ code: 'ABORTED' });
    const late = harness.client.subscribe(book('B/USD'), { signal: AbortSignal.abort() });
    expect(await failureOf(late.next())).toMatchObject({ code: 'ABORTED' });
    expect(harness.client.subscriptions).toStrictEqual([]);
  });

  it('refuses what cannot be sent before anything is opened', () => {
    const harness = harnessOf();
    expect(() => harness.client.subscribe({ channel: 'book', symbol: [] })).toThrow(
      'symbol is empty',
    );
    expect(() => harness.client.subscribe(book('A/USD'), { maxMessages: 0 })).toThrow(
      'maxMessages must be at least 1',
    );
    expect(() => harnessOf({ url: 'http://127.0.0.1' })).toThrow('has the scheme http:');
    expect(server.peers).toStrictEqual([]);
  });
});

describe('the end of a client', () => {
  it('ends loops after what they hold, and takes nothing more', async () => {
    const harness = harnessOf();
    const stream = harness.client.subscribe(book('A/USD'));
    await stream.results;
    server.peer.send(bookUpdate('A/USD'));
    await harness.until(() => harness.states.length > 0);
    await take(harness.client.subscribe(book('A/USD')), 1);
    const closed = harness.client.close();
    await harness.time.advance(20_000);
    await closed;
    expect(await take(stream, 5)).toHaveLength(1);
    expect(() => harness.client.subscribe(book('A/USD'))).toThrow(
      'subscribe: the client is closed.',
    );
    expect(harness.time.armed).toBe(0);
  });

  it('says in the loop that nobody listens at the address', async () => {
    const { url } = server;
    await server.close();
    const harness = new ClientHarness({ url });
    const stream = harness.client.subscribe(book('A/USD'));
    expect(await failureOf(stream.next())).toMatchObject({ code: 'CONNECT_FAILED' });
    expect(await stream.results).toMatchObject([{ success: false }]);
    expect(harness.client.subscriptions).toStrictEqual([]);
    server = await ScriptedServer.listen();
  });

  it('says that a connection was refused for good, and makes a new one for what comes next', async () => {
    await using harness = harnessOf();
    const stream = harness.client.subscribe(book('A/USD'));
    await stream.results;
    server.peer.socket.close(1008, 'policy');
    expect(await failureOf(stream.next())).toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await harness.client.subscribe(book('A/USD')).results).toMatchObject([
      { success: true },
    ]);
    expect(server.peers).toHaveLength(2);
  });

  it('is everybody’s when the journal fails', async () => {
    await using harness = harnessOf({
      subscriptionsPerConnection: 1,
      onFrame: ({ bytes }) => {
        if (bytes.length > 150) throw new Error('disk full');
      },
    });
    const streams = ['A/USD', 'B/USD'].map((symbol) => harness.client.subscribe(book(symbol)));
    await Promise.all(streams.map(({ results }) => results));
    server.peer.send(bookUpdate('A/USD'));
    const failures = await Promise.all(streams.map((stream) => failureOf(stream.next())));
    expect(failures).toMatchObject([{ code: 'LISTENER_FAILED' }, { code: 'LISTENER_FAILED' }]);
  });
});

describe('client.listen()', () => {
  it('calls back, and ends only the listener that throws', async () => {
    await using harness = harnessOf();
    const seen: string[] = [];
    const ended: unknown[] = [];
    const bad = harness.client.listen(book('A/USD'), {
      onMessage: () => {
        throw new Error('mine');
      },
      onEnded: ({ symbol, error }) => ended.push([symbol, error?.code]),
    });
    const good = harness.client.listen(book('A/USD'), {
      onFrame: ({ isSnapshot, lane }) => seen.push(`frame ${String(isSnapshot)} ${lane}`),
      onMessage: ({ type }) => {
        seen.push(type);
        harness.wake();
      },
    });
    await Promise.all([bad.results, good.results]);
    server.peer.send(bookSnapshot('A/USD'), bookUpdate('A/USD'));
    await harness.until(() => seen.length === 4);
    expect(seen).toStrictEqual(['frame true 0', 'snapshot', 'frame false 0', 'update']);
    expect(ended).toStrictEqual([['A/USD', 'LISTENER_FAILED']]);
    expect(harness.client.subscriptions).toMatchObject([{ references: 1 }]);
  });
});

describe('sharding', () => {
  it('opens another connection when one has its number of symbols, and reuses what becomes free', async () => {
    await using harness = harnessOf({ subscriptionsPerConnection: 2 });
    const names = ['A/USD', 'B/USD', 'C/USD', 'D/USD', 'E/USD'];
    const streams = names.map((symbol) => harness.client.subscribe(book(symbol)));
    await Promise.all(streams.map(({ results }) => results));
    expect(server.peers).toHaveLength(3);
    await streams[0]?.close();
    await harness.client.subscribe(book('F/USD')).results;
    expect(server.peers).toHaveLength(3);
  });

  it('goes by weight as well', async () => {
    await using harness = harnessOf({ weightPerConnection: 8 });
    const symbol = ['A/USD', 'B/USD', 'C/USD'];
    await harness.client.subscribe({ channel: 'book', symbol, depth: 10 }).results;
    expect(server.peers).toHaveLength(2);
  });

  it('gives Level 3 connections of its own, at its own address', async () => {
    await using level3 = {
      server: await ScriptedServer.listen(),
      [Symbol.asyncDispose]: () => level3.server.close(),
    };
    let tokens = 0;
    await using harness: ClientHarness = harnessOf({
      url: { public: server.url, level3: level3.server.url },
      level3PerConnection: 2,
      tokens: () => {
        tokens += 1;
        return Promise.resolve({ token: 'secret', expiresAtNs: harness.time.wallNs() + HOUR_NS });
      },
    });
    await harness.client.subscribe(book('A/USD')).results;
    await harness.client.subscribe({
      channel: 'level3',
      symbol: ['A/USD', 'B/USD', 'C/USD'],
      depth: 10,
    }).results;
    expect(server.peers).toHaveLength(1);
    expect(level3.server.peers).toHaveLength(2);
    expect(level3.server.peer.requests[0]?.params).toMatchObject({
      channel: 'level3',
      token: 'secret',
    });
    expect(JSON.stringify(harness.client.subscriptions)).not.toContain('secret');
    expect(tokens).toBe(2);
  });

  it('paces 1,500 symbols over all connections together', async () => {
    const patience = { requestTimeoutMs: 1e6, staleAfterMs: 1e6, dropAfterMs: 1e6 };
    await using harness = harnessOf(patience);
    const symbol = Array.from({ length: 1500 }, (_, index) => `S${index}/USD`);
    const times: number[] = [];
    server.answer = (request: Request, peer) => {
      if (request.method === 'subscribe') times.push(harness.time.nowMs);
      acknowledge(request, peer);
    };
    const stream = harness.client.subscribe({ channel: 'trade', symbol });
    await server.until(() => server.peers.length === 3);
    await harness.reaches('open', 3);
    const state = { isDone: false };
    const results = stream.results.finally(() => {
      state.isDone = true;
    });
    while (!state.isDone) {
      await harness.time.advance(250);
      await new Promise(setImmediate);
    }
    expect((await results).every(({ success }) => success)).toBe(true);
    expect(times).toHaveLength(30);
    // The first 200 units at once, then 200 a second: however many connections there are.
    times.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual((index - 3) * 250 - 1);
    });
    expect(harness.client.subscriptions).toHaveLength(1500);
  });
});

// Never called: what counts is that it compiles.
function check(client: Client): void {
  client.subscribe({ channel: 'ohlc', symbol: ['A/USD'], interval: 5 });
  client.listen(
    { channel: 'trade', symbol: ['A/USD'] },
    { onMessage: ({ data }) => data[0]?.trade_id },
  );
  // @ts-expect-error a lone string is what Kraken refuses
  client.subscribe({ channel: 'book', symbol: 'BTC/USD' });
}

describe('the types of a client', () => {
  it('follow the channel', () => {
    expect(check).toBeTypeOf('function');
  });
});
