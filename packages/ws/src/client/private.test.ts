import type { WebSocketToken } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientHarness } from '../../test/client-harness.ts';
import { failureOf } from '../../test/harness.ts';
import { acknowledge, ScriptedServer } from '../../test/scripted-server.ts';

let server: ScriptedServer;
let issued: number;

beforeEach(async () => {
  server = await ScriptedServer.listen();
  issued = 0;
});
afterEach(async () => {
  await server.close();
});

const harnessOf = (options: Partial<ConstructorParameters<typeof ClientHarness>[0]> = {}) => {
  const harness: ClientHarness = new ClientHarness({
    url: server.url,
    tokens: (): Promise<WebSocketToken> => {
      issued += 1;
      const expiresAtNs = harness.time.wallNs() + 900_000_000_000n;
      return Promise.resolve({ token: `token ${issued}`, expiresAtNs });
    },
    ...options,
  });
  return harness;
};
const executions = (sequence: number, type = 'update', id = `E${sequence}`): string =>
  `{"channel":"executions","type":"${type}","data":[{"order_id":"O1","exec_id":"${id}","exec_type":"trade","timestamp":"2026-07-19T17:54:39.768901Z"}],"sequence":${sequence}}`;
const idsOf = (
  messages: readonly { readonly data: readonly { readonly exec_id?: string | undefined }[] }[],
) => messages.flatMap(({ data }) => data.map(({ exec_id: id }) => id));

describe('private channels', () => {
  it('show a fresh token on each connection, and renew when the exchange refuses one', async () => {
    await using harness = harnessOf();
    let isRefusing = true;
    server.answer = (request, peer) => {
      if (isRefusing && request.method === 'subscribe') {
        isRefusing = false;
        const { method, req_id } = request;
        peer.send({ method, req_id, success: false, error: 'ESession:Invalid session' });
      } else acknowledge(request, peer);
    };
    const stream = harness.client.subscribe({ channel: 'executions', snap_orders: false });
    await server.until(() => server.peers[0]?.requests.length === 1);
    await harness.until(() => harness.states.some(({ to }) => to === 'open'));
    while (server.peer.requests.length < 2) {
      await harness.time.advance(100);
      await new Promise(setImmediate);
    }
    expect(await stream.results).toMatchObject([{ success: true }]);
    server.peer.socket.terminate();
    await harness.reaches('reconnecting');
    await harness.time.advance(300);
    await server.until(() => server.peers[1]?.requests.length === 1);
    expect(
      server.peers.flatMap(({ requests }) => requests.map(({ params }) => params?.['token'])),
    ).toStrictEqual(['token 1', 'token 2', 'token 3']);
    expect(JSON.stringify(harness.client.subscriptions)).not.toContain('token ');
  });

  it('tell a jump of their numbers as a gap, begin anew, and hand out each message once', async () => {
    await using harness = harnessOf();
    const messages: { data: { exec_id?: string | undefined }[] }[] = [];
    harness.client.listen(
      { channel: 'executions' },
      {
        onMessage: (message) => {
          messages.push(message);
          harness.wake();
        },
      },
    );
    await server.until(() => server.peers[0]?.requests.length === 1);
    const { peer } = server;
    peer.send(executions(1, 'snapshot'), executions(2), executions(2), executions(5));
    await harness.until(() => messages.length === 3);
    // What still comes of the old stream is told too; nobody would tell it again.
    peer.send(executions(6));
    await server.until(() => peer.requests.length === 3);
    peer.send(executions(1, 'snapshot', 'S'), executions(2, 'update', 'after'));
    await harness.until(() => messages.length === 6);
    expect(idsOf(messages)).toStrictEqual(['E1', 'E2', 'E5', 'E6', 'S', 'after']);
    expect(peer.requests.map(({ method, params }) => [method, params])).toStrictEqual([
      ['subscribe', { channel: 'executions', token: 'token 1' }],
      ['unsubscribe', { channel: 'executions', token: 'token 1' }],
      ['subscribe', { channel: 'executions', token: 'token 1' }],
    ]);
    expect(harness.told).toStrictEqual(['sequence executions opens', 'sequence executions closes']);
    expect(harness.gaps[0]?.detail).toBe('messages 3 to 4 did not come');
  });

  it('are refused without a token provider, before anything is opened', () => {
    const harness = harnessOf({ tokens: undefined });
    expect(() => harness.client.subscribe({ channel: 'balances' })).toThrow(
      'subscribe: balances needs a token. Create the client with a token provider: tokens.',
    );
    expect(server.peers).toStrictEqual([]);
  });

  it('give up with NO_TOKEN when none can be had, and say so meanwhile', async () => {
    await using harness = harnessOf({ tokens: () => Promise.reject(new Error('secret words')) });
    const stream = harness.client.subscribe({ channel: 'balances' });
    const failed = failureOf(stream.next());
    const state = { isOver: false };
    const results = stream.results.finally(() => {
      state.isOver = true;
    });
    await harness.reaches('open');
    while (!state.isOver) {
      await harness.time.advance(500);
      await new Promise(setImmediate);
    }
    expect(await failed).toMatchObject({ code: 'NO_TOKEN' });
    expect(await results).toMatchObject([{ success: false, code: 'NO_TOKEN' }]);
    expect(JSON.stringify(await results)).not.toContain('secret words');
    const asked = server.peer.requests.filter(({ method }) => method !== 'ping');
    expect(asked).toStrictEqual([]);
  });

  it('have hosts of their own, and one client lists what is subscribed on all', async () => {
    const own = await ScriptedServer.listen();
    try {
      await using harness = harnessOf({ url: { public: server.url, private: own.url } });
      const { client } = harness;
      const book = { channel: 'book', symbol: ['A/USD'], depth: 10 } as const;
      await Promise.all([
        client.subscribe(book).results,
        client.subscribe({ channel: 'executions' }).results,
        client.subscribe({ channel: 'balances' }).results,
        client.subscribe({ channel: 'level3', symbol: ['A/USD'] }).results,
      ]);
      expect([server.peers.length, own.peers.length]).toStrictEqual([1, 2]);
      expect(client.subscriptions.map(({ channel }) => channel)).toStrictEqual([
        'book',
        'executions',
        'balances',
        'level3',
      ]);
    } finally {
      await own.close();
    }
  });
});

describe('client.request()', () => {
  it('goes out with the token on the private connection, and not at all without one', async () => {
    await using harness = harnessOf();
    const { client } = harness;
    expect(await failureOf(client.request('cancel_all'))).toMatchObject({ code: 'NOT_OPEN' });
    await client.subscribe({ channel: 'executions' }).results;
    await client.request('cancel_all');
    expect(server.peer.requests.at(-1)).toMatchObject({
      method: 'cancel_all',
      params: { token: 'token 1' },
    });
  });

  it('says no for the exchange, without the token that it repeats, and takes another next time', async () => {
    await using harness = harnessOf();
    const { client } = harness;
    await client.subscribe({ channel: 'executions' }).results;
    server.answer = ({ method, req_id, params }, peer) => {
      const error = `EAPI:Invalid token ${String(params?.['token'])}`;
      peer.send({ method, req_id, success: false, error });
    };
    expect(await failureOf(client.request('cancel_all'))).toMatchObject({
      code: 'REJECTED',
      context: { error: 'EAPI:Invalid token [redacted]' },
    });
    server.answer = acknowledge;
    await client.request('cancel_all');
    expect(server.peer.requests.at(-1)?.params).toStrictEqual({ token: 'token 2' });
  });
});
