import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, Harness } from '../../test/harness.ts';
import {
  acknowledge,
  bookUpdate,
  HEARTBEAT,
  type Peer,
  type Request,
  ScriptedServer,
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

/** Requests of this method that the newest socket sent, pings left out. */
function requestsOf(peer: Peer, method = 'subscribe'): Request[] {
  return peer.requests.filter((request) => request.method === method);
}

const book = (...symbol: string[]) => ({ channel: 'book' as const, symbol, depth: 10 });

describe('subscribe()', () => {
  it('resolves with one result a symbol, each acknowledged on its own', async () => {
    server.answer = (request, peer) => {
      const { method, req_id } = request;
      peer.send(
        { method, req_id, success: true, result: { channel: 'book', symbol: 'ETH/USD' } },
        bookUpdate('ETH/USD'),
        {
          error: 'Currency pair not supported XBT/USD',
          method,
          req_id,
          success: false,
          symbol: 'XBT/USD',
        },
        {
          method,
          req_id,
          success: true,
          result: { channel: 'book', symbol: 'BTC/USD', warnings: ['old'] },
        },
      );
    };
    await using harness = await openHarness();
    const results = await harness.connection.subscribe(book('BTC/USD', 'XBT/USD', 'ETH/USD'));
    expect(results).toStrictEqual([
      { channel: 'book', symbol: 'BTC/USD', success: true, warnings: ['old'] },
      {
        channel: 'book',
        symbol: 'XBT/USD',
        success: false,
        code: 'REJECTED',
        error: 'Currency pair not supported XBT/USD',
      },
      { channel: 'book', symbol: 'ETH/USD', success: true, warnings: [] },
    ]);
    expect(server.peer.requests).toStrictEqual([
      {
        method: 'subscribe',
        params: { channel: 'book', symbol: ['BTC/USD', 'XBT/USD', 'ETH/USD'], depth: 10 },
        req_id: 1,
      },
    ]);
    expect(harness.connection.subscriptions).toMatchObject([
      { symbol: 'BTC/USD', status: 'active', dataFrames: 0 },
      { symbol: 'ETH/USD', status: 'alive', dataFrames: 1 },
    ]);
  });

  it('is active by its acknowledgement and alive by its first data, not by heartbeats', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    server.peer.send(HEARTBEAT, bookUpdate('BTC/USD'));
    await harness.until(() => harness.frames.length === 3);
    expect(harness.connection.subscriptions[0]?.status).toBe('active');
    server.peer.send(
      '{"channel":"trade","type":"update","data":[{"symbol":"ETH/USD","qty":1},{"symbol":"BTC/USD","qty":1},{"symbol":"BTC/USD","qty":2}]}',
    );
    await harness.until(() => harness.frames.length === 4);
    expect(harness.connection.subscriptions[0]).toMatchObject({ status: 'alive', dataFrames: 1 });
    expect(harness.subscriptions.map(({ status }) => status)).toStrictEqual([
      'pending',
      'active',
      'alive',
    ]);
  });

  it('sees data whose keys come in another order', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe(book('BTC/USD'));
    server.peer.send('{"type":"update","data":[{"symbol":"BTC/USD","bids":[]}],"channel":"book"}');
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'alive');
    expect(harness.frames).toHaveLength(2);
  });

  it('finds an acknowledgement whatever key it begins with', async () => {
    server.answer = ({ req_id }, peer) => {
      peer.send(
        `{"channel":"book","result":{"symbol":"BTC/USD"},"success":true,"method":"subscribe","req_id":${req_id}}`,
      );
    };
    await using harness = await openHarness();
    await expect(harness.connection.subscribe(book('BTC/USD'))).resolves.toMatchObject([
      { success: true },
    ]);
  });

  it('takes channels without symbols, and any channel at all', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe({ channel: 'instrument' });
    await harness.connection.subscribe({ channel: 'ohlc', symbol: ['BTC/USD'], interval: 5 });
    server.peer.send('{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[]}}');
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'alive');
    expect(harness.connection.subscriptions).toMatchObject([
      { channel: 'instrument', symbol: undefined },
      { channel: 'ohlc', params: { interval: 5 }, status: 'active' },
    ]);
    expect(server.peer.requests[0]).toStrictEqual({
      method: 'subscribe',
      params: { channel: 'instrument' },
      req_id: 1,
    });
  });

  it('shares what is subscribed already, and refuses another depth of it', async () => {
    await using harness = await openHarness();
    const both = await Promise.all([
      harness.connection.subscribe(book('BTC/USD')),
      harness.connection.subscribe({
        channel: 'book',
        symbol: ['BTC/USD', 'BTC/USD'],
        snapshot: true,
      }),
    ]);
    expect(both).toMatchObject([[{ success: true }], [{ success: true }]]);
    await expect(
      harness.connection.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 25 }),
    ).resolves.toMatchObject([{ success: false, code: 'CONFLICT' }]);
    expect(server.peer.requests).toHaveLength(1);
  });

  it('attributes refusals that name no symbol once their number says whose they are', async () => {
    server.answer = ({ method, req_id }, peer) => {
      const refusal = { error: 'Already subscribed', method, req_id, success: false };
      peer.send(refusal, { method, req_id, success: true, result: { symbol: 'B/USD' } }, refusal);
    };
    await using harness = await openHarness();
    await expect(
      harness.connection.subscribe(book('A/USD', 'B/USD', 'C/USD')),
    ).resolves.toStrictEqual([
      { channel: 'book', symbol: 'A/USD', success: true, warnings: ['Already subscribed'] },
      { channel: 'book', symbol: 'B/USD', success: true, warnings: [] },
      { channel: 'book', symbol: 'C/USD', success: true, warnings: ['Already subscribed'] },
    ]);
  });

  it('takes one nameless refusal for the whole request when nothing else comes', async () => {
    server.answer = ({ method, req_id }, peer) => {
      peer.send({ error: 'Subscription name invalid', method, req_id, success: false });
    };
    await using harness = await openHarness();
    const results = harness.connection.subscribe({
      channel: 'weather',
      symbol: ['A/USD', 'B/USD'],
    });
    await harness.until(() => harness.frames.length === 1);
    await harness.time.advance(1000);
    await expect(results).resolves.toMatchObject([
      { symbol: 'A/USD', code: 'REJECTED', error: 'Subscription name invalid' },
      { symbol: 'B/USD', code: 'REJECTED', error: 'Subscription name invalid' },
    ]);
    expect(harness.connection.subscriptions).toStrictEqual([]);
  });

  it('asks again, alone, for what was not acknowledged, and gives up after three tries', async () => {
    server.answer = (request, peer) => {
      if (request.method !== 'subscribe') return;
      const symbol = (request.params?.symbol ?? []).filter((name) => name !== 'LOST/USD');
      acknowledge({ ...request, params: { channel: 'book', symbol } }, peer);
    };
    await using harness = await openHarness({
      staleAfterMs: 60_000,
      dropAfterMs: 60_000,
      snapshotTimeoutMs: 60_000,
    });
    const results = harness.connection.subscribe(book('BTC/USD', 'LOST/USD'));
    await harness.until(() => harness.frames.length === 1);
    await harness.time.advance(5000);
    await harness.time.advance(5000);
    expect(harness.connection.subscriptions).toMatchObject([
      { status: 'active' },
      { status: 'pending', error: 'no acknowledgement came' },
    ]);
    await harness.time.advance(5000);
    await expect(results).resolves.toMatchObject([
      { symbol: 'BTC/USD', success: true },
      { symbol: 'LOST/USD', success: false, code: 'TIMEOUT' },
    ]);
    await server.until(() => requestsOf(server.peer, 'unsubscribe').length === 1);
    expect(requestsOf(server.peer).map(({ params }) => params?.symbol)).toStrictEqual([
      ['BTC/USD', 'LOST/USD'],
      ['LOST/USD'],
      ['LOST/USD'],
    ]);
    expect(harness.connection.subscriptions).toHaveLength(1);
  });

  it('slows down when told to, and asks again', async () => {
    let refused = 0;
    server.answer = (request, peer) => {
      const { method, req_id } = request;
      refused += 1;
      if (refused > 1) acknowledge(request, peer);
      else
        peer.send({ method, req_id, success: false, error: 'Exceeded msg rate', symbol: 'A/USD' });
    };
    await using harness = await openHarness();
    const results = harness.connection.subscribe(book('A/USD'));
    await harness.until(() => harness.frames.length === 1);
    expect(requestsOf(server.peer)).toHaveLength(1);
    await harness.time.advance(1200);
    await expect(results).resolves.toMatchObject([{ success: true }]);
  });

  it('paces a thousand symbols, fifty a request', async () => {
    await using harness = await openHarness();
    const symbols = Array.from({ length: 1000 }, (_, index) => `S${index}/USD`);
    const results = harness.connection.subscribe({ channel: 'ticker', symbol: symbols });
    await server.until(() => requestsOf(server.peer).length === 4);
    await harness.until(() => harness.frames.length === 200);
    expect(requestsOf(server.peer)).toHaveLength(4);
    for (let round = 5; round <= 20; round += 1) {
      await harness.time.advance(250);
      await server.until(() => requestsOf(server.peer).length === round);
    }
    const counted = (await results).filter(({ success }) => success);
    expect(counted).toHaveLength(1000);
    expect(harness.time.nowMs).toBe(4000);
  });

  it.each([
    [{ channel: 'book', symbol: 'BTC/USD' }, "symbol must be an array: ['BTC/USD']"],
    [{ channel: 'book', symbol: [] }, 'symbol is empty'],
    [{ channel: 'book', symbol: [''] }, 'symbol holds something that is no symbol'],
    [{ channel: '' }, 'channel is missing'],
    [{ channel: 'executions', token: 'hush' }, 'token is not taken'],
  ])('refuses %j before anything is sent', async (params, message) => {
    await using harness = await openHarness();
    const error = await failureOf(harness.connection.subscribe(params as never));
    expect(error).toMatchObject({
      code: 'INVALID_PARAMS',
      message: expect.stringContaining(message),
    });
    expect((error as Error).message).not.toContain('hush');
    expect(server.peer.requests).toHaveLength(0);
  });

  it('wants open() first', async () => {
    const harness = new Harness({ url: server.url });
    await expect(harness.connection.subscribe(book('BTC/USD'))).rejects.toThrow(
      'subscribe was not sent: the connection is idle. Call open() first.',
    );
  });

  it('leaves nothing behind when it is aborted', async () => {
    server.answer = () => undefined;
    await using harness = await openHarness();
    const controller = new AbortController();
    const failure = failureOf(
      harness.connection.subscribe(book('BTC/USD'), { signal: controller.signal }),
    );
    await server.until(() => server.peer.requests.length === 1);
    controller.abort();
    expect(await failure).toMatchObject({ code: 'ABORTED' });
    expect(harness.connection.subscriptions).toStrictEqual([]);
    await server.until(() => requestsOf(server.peer, 'unsubscribe').length === 1);
    await expect(
      harness.connection.subscribe(book('BTC/USD'), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'ABORTED' });
    expect(requestsOf(server.peer)).toHaveLength(1);
  });

  it('fails when the connection ends for good before its acknowledgement', async () => {
    server.answer = (_request, peer) => {
      peer.socket.close(1008);
    };
    const harness = await openHarness();
    await expect(harness.connection.subscribe(book('BTC/USD'))).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
  });
});

describe('a reconnect', () => {
  it('asks for the whole intent again, from our own parameters', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe({ channel: 'trade', symbol: ['BTC/USD'], snapshot: true });
    await harness.connection.subscribe(book('ETH/USD', 'BTC/USD'));
    await harness.connection.subscribe({ channel: 'instrument' });
    await harness.connection.unsubscribe({ channel: 'book', symbol: ['ETH/USD'] });
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    expect(harness.connection.subscriptions.map(({ status }) => status)).toStrictEqual([
      'pending',
      'pending',
      'pending',
    ]);
    await harness.time.advance(250);
    await harness.until(() =>
      harness.connection.subscriptions.every(({ status }) => status === 'active'),
    );
    expect(server.peers).toHaveLength(2);
    expect(server.peer.requests.map(({ params }) => params)).toStrictEqual([
      { channel: 'instrument' },
      { channel: 'trade', symbol: ['BTC/USD'], snapshot: true },
      { channel: 'book', symbol: ['BTC/USD'], depth: 10 },
    ]);
  });

  it('carries a subscribe() that waits over to the next socket', async () => {
    server.answer = (_request, peer) => {
      server.answer = acknowledge;
      peer.socket.terminate();
    };
    await using harness = await openHarness();
    const results = harness.connection.subscribe(book('BTC/USD'));
    await harness.reaches('reconnecting');
    const meanwhile = harness.connection.subscribe(book('ETH/USD'));
    await harness.time.advance(250);
    await expect(results).resolves.toMatchObject([{ success: true }]);
    await expect(meanwhile).resolves.toMatchObject([{ success: true }]);
    expect(requestsOf(server.peer)).toHaveLength(1);
  });

  it('keeps a subscription that is refused then, says so, and asks again at the next one', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe(book('BTC/USD'));
    server.answer = ({ method, req_id }, peer) => {
      peer.send({ error: 'Currency pair not supported BTC/USD', method, req_id, success: false });
    };
    server.peer.socket.terminate();
    await harness.reaches('reconnecting', 1);
    await harness.time.advance(250);
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'rejected');
    expect(harness.subscriptions.at(-1)).toStrictEqual({
      channel: 'book',
      symbol: 'BTC/USD',
      status: 'rejected',
      error: 'Currency pair not supported BTC/USD',
    });
    server.answer = acknowledge;
    server.peer.socket.terminate();
    await harness.reaches('reconnecting', 2);
    await harness.time.advance(500);
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'active');
  });

  it('goes on asking for an established subscription whose acknowledgement stays out', async () => {
    await using harness = await openHarness({ staleAfterMs: 1e6, dropAfterMs: 1e6 });
    await harness.connection.subscribe(book('BTC/USD'));
    server.answer = () => undefined;
    server.peer.socket.terminate();
    await harness.reaches('reconnecting', 1);
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    await harness.time.advance(15_000);
    expect(harness.connection.subscriptions[0]).toMatchObject({ status: 'pending' });
    server.answer = acknowledge;
    await harness.time.advance(4000);
    await harness.until(() => harness.connection.subscriptions[0]?.status === 'active');
  });
});

describe('unsubscribe()', () => {
  it('repeats the depth of the subscription, not its snapshot', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe({
      channel: 'book',
      symbol: ['BTC/USD'],
      depth: 25,
      snapshot: false,
    });
    await expect(
      harness.connection.unsubscribe({ channel: 'book', symbol: ['BTC/USD'] }),
    ).resolves.toStrictEqual([{ channel: 'book', symbol: 'BTC/USD', success: true, warnings: [] }]);
    expect(requestsOf(server.peer, 'unsubscribe')[0]?.params).toStrictEqual({
      channel: 'book',
      symbol: ['BTC/USD'],
      depth: 25,
    });
    expect(harness.connection.subscriptions).toStrictEqual([]);
    expect(harness.subscriptions.at(-1)).toMatchObject({ status: 'ended' });
  });

  it('says what was not subscribed, and takes "not found" for done', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe(book('BTC/USD'));
    server.answer = ({ method, req_id }, peer) => {
      peer.send({
        error: 'Subscription Not Found',
        method,
        req_id,
        success: false,
        symbol: 'BTC/USD',
      });
    };
    await expect(
      harness.connection.unsubscribe({ channel: 'book', symbol: ['BTC/USD', 'ETH/USD'] }),
    ).resolves.toMatchObject([{ success: true }, { success: false, code: 'NOT_SUBSCRIBED' }]);
  });

  it('tells a refusal and a silence apart', async () => {
    await using harness = await openHarness({ staleAfterMs: 60_000, dropAfterMs: 60_000 });
    await harness.connection.subscribe(book('BTC/USD', 'ETH/USD'));
    server.answer = ({ method, req_id }, peer) => {
      if (method === 'unsubscribe') {
        peer.send({
          error: 'Malformed request',
          method,
          req_id,
          success: false,
          symbol: 'ETH/USD',
        });
      }
    };
    const results = harness.connection.unsubscribe({
      channel: 'book',
      symbol: ['BTC/USD', 'ETH/USD'],
    });
    await harness.until(() => harness.frames.length === 3);
    await harness.time.advance(5000);
    await expect(results).resolves.toMatchObject([
      { symbol: 'BTC/USD', success: false, code: 'TIMEOUT' },
      { symbol: 'ETH/USD', success: false, code: 'REJECTED', error: 'Malformed request' },
    ]);
  });

  it('is done at once while there is no socket', async () => {
    await using harness = await openHarness();
    await harness.connection.subscribe(book('BTC/USD'));
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await expect(
      harness.connection.unsubscribe({ channel: 'book', symbol: ['BTC/USD'] }),
    ).resolves.toMatchObject([{ success: true }]);
    await harness.time.advance(250);
    await harness.reaches('open', 2);
    expect(requestsOf(server.peer)).toHaveLength(0);
  });

  it('cuts a subscribe() short that waits', async () => {
    server.answer = (request, peer) => {
      if (request.method === 'unsubscribe') acknowledge(request, peer);
    };
    await using harness = await openHarness();
    const results = harness.connection.subscribe(book('BTC/USD'));
    await server.until(() => server.peer.requests.length === 1);
    await harness.connection.unsubscribe({ channel: 'book', symbol: ['BTC/USD'] });
    await expect(results).resolves.toMatchObject([{ success: false, code: 'UNSUBSCRIBED' }]);
  });
});
