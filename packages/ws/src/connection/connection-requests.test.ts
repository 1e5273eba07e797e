import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, Harness } from '../../test/harness.ts';
import { bookUpdate, HEARTBEAT, ScriptedServer } from '../../test/scripted-server.ts';

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  await server.close();
});

describe('request()', () => {
  it('resolves with the answer that carries its number, in whatever order answers come', async () => {
    const held: number[] = [];
    server.answer = ({ method, req_id }, peer) => {
      held.push(req_id);
      if (held.length < 2) return;
      for (const id of held.toReversed()) {
        peer.send({ method, req_id: id, success: true, result: { id } });
      }
    };
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    const answers = Promise.all([
      harness.connection.request('cancel_all', { token: 'hush' }),
      harness.connection.request('cancel_all', { token: 'hush' }),
    ]);
    await expect(answers).resolves.toMatchObject([{ result: { id: 1 } }, { result: { id: 2 } }]);
    expect(server.peer.requests[0]).toStrictEqual({
      method: 'cancel_all',
      params: { token: 'hush' },
      req_id: 1,
    });
  });

  it('sends a ping without params', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await expect(harness.connection.request('ping')).resolves.toStrictEqual({
      method: 'pong',
      req_id: 1,
    });
    expect(server.peer.requests).toStrictEqual([{ method: 'ping', req_id: 1 }]);
  });

  it('fails with the exchange’s own words, and never repeats a token', async () => {
    server.answer = ({ method, req_id, params }, peer) => {
      const error = `EAPI:Invalid token ${String(params?.['token'])}`;
      peer.send({ method, req_id, success: false, error });
    };
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    const error = await failureOf(harness.connection.request('cancel_all', { token: 'hush' }));
    expect(error).toMatchObject({
      name: 'WsError',
      code: 'REJECTED',
      message: 'Kraken refused cancel_all: EAPI:Invalid token [redacted]',
      context: { method: 'cancel_all', error: 'EAPI:Invalid token [redacted]' },
    });
  });

  it('takes an answer without success for a refusal', async () => {
    server.answer = ({ method, req_id }, peer) => {
      peer.send({ method, req_id, success: 'yes' });
    };
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await expect(harness.connection.request('cancel_all', { token: 'hush' })).rejects.toMatchObject(
      {
        code: 'REJECTED',
        context: { error: 'no reason given' },
      },
    );
  });

  it('times out with an unknown outcome, and reports an answer that comes too late', async () => {
    server.answer = () => undefined;
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    const failure = failureOf(
      harness.connection.request('cancel_all', { token: 'hush' }, { timeoutMs: 700 }),
    );
    await harness.time.advance(700);
    expect(await failure).toMatchObject({
      code: 'TIMEOUT',
      message: 'No answer to cancel_all within 700 ms: whether it was carried out is unknown.',
    });
    server.peer.send({ method: 'cancel_all', req_id: 1, success: true });
    await harness.until(() => harness.problems.length === 1);
    expect(harness.problems).toStrictEqual([
      { kind: 'unmatchedAck', text: 'cancel_all', connectionId: 1, sequence: 0 },
    ]);
    expect(harness.connection.stats).toMatchObject({ unmatchedAcks: 1, pendingRequests: 0 });
  });

  it('fails with an unknown outcome when the socket goes before the answer', async () => {
    server.answer = (_request, peer) => {
      peer.socket.terminate();
    };
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await expect(harness.connection.request('cancel_all', { token: 'hush' })).rejects.toMatchObject(
      {
        code: 'DISCONNECTED',
        context: { disconnect: { kind: 'close', code: 1006 } },
      },
    );
    await expect(harness.connection.request('cancel_all', { token: 'hush' })).rejects.toMatchObject(
      {
        code: 'NOT_OPEN',
        message:
          'cancel_all was not sent: the connection is reconnecting. Wait for the state open.',
      },
    );
  });

  it('can be aborted before and after it was sent, and says which', async () => {
    server.answer = () => undefined;
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    await expect(
      harness.connection.request('ping', undefined, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'ABORTED', context: { sent: false } });
    const controller = new AbortController();
    const failure = failureOf(
      harness.connection.request('ping', undefined, { signal: controller.signal }),
    );
    await server.until(() => server.peer.requests.length === 1);
    controller.abort(new Error('changed my mind'));
    expect(await failure).toMatchObject({
      code: 'ABORTED',
      context: { sent: true },
      cause: { message: 'changed my mind' },
    });
    expect(server.peer.requests).toHaveLength(1);
  });

  it('is not sent when too many wait for their answers, or too many bytes to be sent', async () => {
    server.answer = () => undefined;
    const bounds = { maxPendingRequests: 1, maxBufferedBytes: 100 };
    const harness = new Harness({ url: server.url, ...bounds });
    await harness.connection.open();
    await expect(
      harness.connection.request('ping', { padding: 'x'.repeat(100) }),
    ).rejects.toMatchObject({ code: 'SEND_OVERFLOW', context: { bound: 'maxBufferedBytes' } });
    const waiting = failureOf(harness.connection.request('ping'));
    await expect(harness.connection.request('ping')).rejects.toMatchObject({
      code: 'SEND_OVERFLOW',
      context: { bound: 'maxPendingRequests' },
    });
    const closed = harness.connection.close();
    await harness.time.advance(5000);
    await closed;
    expect(await waiting).toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('a server that reads nothing', () => {
  it('lets no more wait to be sent than may, and gets each request once when it reads again', async () => {
    const maxBufferedBytes = 1_000_000;
    await using harness = new Harness({ url: server.url, maxBufferedBytes });
    const { connection } = harness;
    await connection.open();
    server.peer.socket.pause();
    const padding = 'x'.repeat(100_000);
    const answers: Promise<unknown>[] = [];
    const failures: unknown[] = [];
    // What the two kernels hold comes first.
    for (let count = 0; count < 900 && failures.length === 0; count += 1) {
      const answer = connection.request('ping', { count, padding });
      answers.push(answer);
      await Promise.race([
        answer.catch((error: unknown) => failures.push(error)),
        new Promise(setImmediate),
      ]);
    }
    expect(failures[0]).toMatchObject({
      code: 'SEND_OVERFLOW',
      context: { bound: 'maxBufferedBytes' },
    });
    const { bufferedBytes, pendingRequests } = connection.stats;
    expect(bufferedBytes).toBeGreaterThan(maxBufferedBytes - 2 * padding.length);
    expect(bufferedBytes).toBeLessThanOrEqual(maxBufferedBytes);
    expect(pendingRequests).toBe(answers.length - 1);
    server.peer.socket.resume();
    await Promise.all(answers.slice(0, -1));
    expect(server.peer.requests.map(({ params }) => params?.['count'])).toStrictEqual(
      answers.slice(0, -1).map((_, count) => count),
    );
    expect(connection.stats).toMatchObject({ bufferedBytes: 0, pendingRequests: 0 });
    expect(await connection.request('ping')).toMatchObject({ method: 'pong' });
  });
});

describe('close()', () => {
  it('waits for what was sent, takes nothing new, and ends the frames', async () => {
    server.answer = () => undefined;
    const harness = new Harness({ url: server.url });
    const frames = harness.connection.frames();
    await harness.connection.open();
    const sent = harness.connection.request('cancel_all', { token: 'hush' });
    await server.until(() => server.peer.requests.length === 1);
    const closed = harness.connection.close();
    await expect(harness.connection.request('cancel_all', { token: 'hush' })).rejects.toMatchObject(
      { code: 'CLOSED' },
    );
    await expect(
      harness.connection.subscribe({ channel: 'book', symbol: ['BTC/USD'] }),
    ).rejects.toMatchObject({ code: 'CLOSED' });
    expect(harness.connection.state).toBe('open');
    server.peer.send({ method: 'cancel_all', req_id: 1, success: true });
    await expect(sent).resolves.toMatchObject({ success: true });
    await closed;
    expect(harness.connection.state).toBe('closed');
    await expect(frames.next()).resolves.toMatchObject({ done: false });
    await expect(frames.next()).resolves.toMatchObject({ done: true });
    expect(harness.time.armed).toBe(0);
    expect(harness.gaps).toStrictEqual([]);
  });

  it('waits no longer than it may for an answer, and for the closing handshake', async () => {
    server.answer = () => undefined;
    const limits = { closeTimeoutMs: 2000, requestTimeoutMs: 60_000 };
    const harness = new Harness({ url: server.url, ...limits });
    await harness.connection.open();
    const sent = failureOf(harness.connection.request('cancel_all', { token: 'hush' }));
    await server.until(() => server.peer.requests.length === 1);
    server.peer.socket.pause();
    const closed = harness.connection.close();
    await harness.time.advance(4000);
    await closed;
    expect(await sent).toMatchObject({ code: 'DISCONNECTED' });
    expect(harness.path).toStrictEqual(['connecting', 'open', 'closed']);
    expect(harness.time.armed).toBe(0);
  });

  it('is at once while idle, connecting and reconnecting', async () => {
    const idle = new Harness({ url: server.url });
    await idle.connection.close();
    expect(idle.path).toStrictEqual(['closed']);
    await expect(idle.connection.frames().next()).resolves.toMatchObject({ done: true });

    const lost = new Harness({ url: server.url });
    await lost.connection.open();
    server.peer.socket.terminate();
    await lost.reaches('reconnecting');
    await lost.connection.close();
    expect(lost.path.at(-1)).toBe('closed');
    expect(lost.time.armed).toBe(0);
  });
});

describe('messages that nobody asked for', () => {
  it.each([
    ['{"error":"Exceeded msg rate"}', 'protocolError', 'Exceeded msg rate'],
    ['{"Error":"Exceeded msg rate"}', 'protocolError', 'Exceeded msg rate'],
    ['{"what":"is this"}', 'protocolError', 'an unknown message'],
    ['{"channel":"bo', 'malformed', 'a message that is no JSON'],
    ['not json', 'malformed', 'a message that is no JSON'],
    ['[1,2]', 'malformed', 'a message that is no JSON object'],
    ['', 'malformed', 'a message that is no JSON'],
    ['{"method":"subscribe","success":true}', 'unmatchedAck', 'subscribe'],
  ])('%s is delivered, counted and reported', async (text, kind, told) => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    server.peer.send(text, HEARTBEAT);
    await harness.until(() => harness.frames.length === 2);
    expect(harness.texts[0]).toBe(text);
    // What begins like data is not parsed at all unless somebody waits for an answer.
    const parsed = !text.startsWith('{"channel":"');
    expect(harness.problems).toStrictEqual(
      parsed ? [{ kind, text: told, connectionId: 1, sequence: 0 }] : [],
    );
    expect(harness.connection.state).toBe('open');
  });

  it('data frames are not parsed while nobody waits for an answer', async () => {
    await using harness = new Harness({ url: server.url });
    await harness.connection.open();
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = ((...args: Parameters<typeof JSON.parse>) => {
      parsed += 1;
      return parse(...args) as unknown;
    }) as typeof JSON.parse;
    try {
      for (let index = 0; index < 100; index += 1) server.peer.send(bookUpdate('BTC/USD'));
      await harness.until(() => harness.frames.length === 100);
    } finally {
      JSON.parse = parse;
    }
    expect(parsed).toBe(0);
  });
});
