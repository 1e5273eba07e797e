import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalWriter } from '@kr/recording';
import { createSystemClock, createSystemTimers, parseTimestamp } from '@kr/schemas/shared';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createMarket } from '../../test/market.ts';
import { ReferenceBook } from '../../test/reference-book.ts';
import { isSandboxError } from '../errors.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox-types.ts';
import type { ReplaySourceOptions } from './replay-source.ts';

const opened: Sandbox[] = [];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kr-replay-'));
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function replay(
  path: string,
  options: Partial<ReplaySourceOptions> = {},
  time?: ManualTime,
): Promise<{ sandbox: Sandbox; url: string }> {
  const sandbox = createSandbox({
    source: { kind: 'replay', path, speed: 'max', ...options },
    clock: time ?? createSystemClock(),
    timers: time ?? createSystemTimers(),
  });
  opened.push(sandbox);
  return { sandbox, url: (await sandbox.listen()).url };
}

async function capture(name: string, lines: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

const isBook = (line: string): boolean => line.startsWith('{"channel":"book"');

async function take(client: TestClient, count: number): Promise<string[]> {
  const frames: string[] = [];
  while (frames.length < count) frames.push(await client.nextOf('book'));
  return frames;
}

describe('a replay', () => {
  it('sends the frames of the subscribed symbols byte for byte, in order, and heartbeats after the end', async () => {
    const lines = createMarket({ seed: 'a', symbols: ['BTC/USD', 'MLN/EUR'], updates: 1_500 });
    const { url } = await replay(await capture('two.ndjson', lines));
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['MLN/EUR'] });
    const expected = lines.filter((line) => isBook(line) && line.includes('MLN/EUR'));
    expect(expected.length).toBeGreaterThan(50);
    expect(await take(client, expected.length)).toEqual(expected);
    expect(await client.next()).toBe('{"channel":"heartbeat"}');
  });

  it('interleaves the symbols of one request as they were captured', async () => {
    const lines = createMarket({ seed: 'b', symbols: ['BTC/USD', 'ETH/USD'], updates: 300 });
    const { url } = await replay(await capture('both.ndjson', lines));
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['ETH/USD', 'BTC/USD'] });
    const expected = lines.filter(isBook);
    expect(await take(client, expected.length)).toEqual(expected);
  });

  it('refuses what the capture does not hold, in the words of the exchange', async () => {
    const lines = createMarket({ seed: 'c', symbols: ['BTC/USD'], updates: 5 });
    const { url } = await replay(await capture('one.ndjson', lines));
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['ETH/USD'] });
    expect(await client.nextAnswer()).toContain('"error":"Currency pair not supported ETH/USD"');
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 100 });
    expect(await client.nextAnswer()).toContain('"error":"Subscription depth not supported"');
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    expect(await client.nextAnswer()).toContain('"success":true');
  });

  it('reads wrapped lines, and keeps the pace of their clock', async () => {
    const lines = createMarket({ seed: 'd', symbols: ['BTC/USD'], updates: 20 }).filter(isBook);
    const wrapped = lines.map((line, at) =>
      JSON.stringify({ recv_ts_ns: 1_784_000_000_000_000_000 + at * 100_000_000, payload: line }),
    );
    const time = new ManualTime();
    const { url } = await replay(await capture('wrapped.ndjson', wrapped), { speed: 2 }, time);
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    expect(await take(client, 1)).toEqual(lines.slice(0, 1));
    for (let at = 1; at < 6; at += 1) {
      await time.untilTimer(50);
      client.send({ method: 'ping' });
      expect(await client.next()).toContain('"pong"');
      time.advance(50);
      expect(await client.next()).toBe(lines[at]);
    }
  });

  it('keeps the pace of the exchange where the capture does not say when frames came', async () => {
    const lines = createMarket({ seed: 'e', symbols: ['BTC/USD'], updates: 30 }).filter(isBook);
    const time = new ManualTime();
    const { url } = await replay(await capture('raw.ndjson', lines), { speed: 1 }, time);
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    await take(client, 1);
    const [first = 0n, second = 0n] = lines.map((line) =>
      parseTimestamp(/"timestamp":"([^"]+)"/.exec(line)?.[1] ?? ''),
    );
    const apart = Number(second - first) / 1e6;
    expect(apart).toBeGreaterThanOrEqual(10);
    await time.untilTimer(apart);
    time.advance(apart - 1);
    client.send({ method: 'ping' });
    expect(await client.next()).toContain('"pong"');
    time.advance(1);
    expect(await client.next()).toBe(lines[1]);
  });

  it('replays a recording', async () => {
    const lines = createMarket({ seed: 'j', symbols: ['BTC/USD', 'PEPE/USD'], updates: 500 });
    const path = join(directory, 'recording');
    const writer = await createJournalWriter({
      directory: path,
      header: { source: 'sandbox', url: 'ws://127.0.0.1/v2', subscriptions: [] },
      clock: createSystemClock(),
      timers: createSystemTimers(),
    });
    for (const [sequence, line] of lines.entries()) {
      const at = BigInt(sequence);
      const receivedAt = { wallNs: 1_784_000_000_000_000_000n + at, monotonicNs: at };
      const bytes = Buffer.from(line);
      writer.append({ receivedAt, connectionId: writer.nextConnectionId, sequence, bytes });
    }
    await writer.close();
    const { url } = await replay(path, { closeAtEnd: true });
    const client = await TestClient.connect(url);
    const closed = client.closed();
    client.subscribe({ channel: 'book', symbol: ['BTC/USD', 'PEPE/USD'] });
    expect(await closed).toBe(1000);
    expect(client.received.filter(isBook)).toEqual(lines.filter(isBook));
  });

  it('begins again with the snapshot when it loops', async () => {
    const lines = createMarket({ seed: 'f', symbols: ['SOL/USD'], updates: 40 }).filter(isBook);
    const { url } = await replay(await capture('loop.ndjson', lines), { loop: true });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['SOL/USD'] });
    const frames = await take(client, lines.length * 3);
    expect(frames).toEqual([...lines, ...lines, ...lines]);
  });

  it('closes at the end when asked to', async () => {
    const lines = createMarket({ seed: 'g', symbols: ['SOL/USD'], updates: 40 });
    const { url } = await replay(await capture('end.ndjson', lines), { closeAtEnd: true });
    const client = await TestClient.connect(url);
    const closed = client.closed();
    client.subscribe({ channel: 'book', symbol: ['SOL/USD'] });
    expect(await closed).toBe(1000);
    expect(client.received.filter(isBook)).toEqual(lines.filter(isBook));
  });

  it('starts anew for a symbol that was unsubscribed', async () => {
    const lines = createMarket({ seed: 'h', symbols: ['SOL/USD'], updates: 40 });
    const { url, sandbox } = await replay(await capture('again.ndjson', lines), { speed: 0.001 });
    await using client = await TestClient.connect(url);
    const params = { channel: 'book', symbol: ['SOL/USD'] };
    client.subscribe(params);
    const first = await client.nextOf('book');
    client.send({ method: 'unsubscribe', params });
    await client.nextAnswer();
    client.subscribe(params);
    expect(await client.nextOf('book')).toBe(first);
    expect(sandbox.stats.source).toMatchObject({ kind: 'replay', running: 1 });
  });

  it('waits for a client that does not read, and loses nothing', async () => {
    // Long enough that filling the socket's buffers opens the file a few times, and not hundreds.
    const lines = createMarket({ seed: 'i', symbols: ['ETH/USD'], updates: 3_000 });
    const path = await capture('slow.ndjson', lines);
    const { url, sandbox } = await replay(path, { loop: true });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['ETH/USD'] });
    const first = await take(client, 1);
    client.webSocket.pause();
    await expect.poll(() => sandbox.stats.bufferedBytes, { timeout: 20_000 }).toBeGreaterThan(1e6);
    const before = sandbox.stats.framesSent;
    await new Promise((resolve) => setImmediate(resolve));
    expect(sandbox.stats.framesSent).toBe(before);
    expect(sandbox.stats.bufferedBytes).toBeLessThan(3e6);
    expect(sandbox.stats.slowClients).toBe(0);
    client.webSocket.resume();
    const book = new ReferenceBook(10);
    const frames = [...first, ...(await take(client, 5_000))];
    expect(frames.filter((frame) => book.apply(frame))).toHaveLength(frames.length);
  });
});

describe('a capture that cannot be replayed', () => {
  it.each([
    ['that is missing', undefined, 'CAPTURE_UNREADABLE', 'There is no'],
    ['with a line that is no JSON', ['{"channel"'], 'CAPTURE_UNREADABLE', 'line 1'],
    ['without a data frame', ['{"channel":"heartbeat"}'], 'CAPTURE_EMPTY', 'no v2 data frame'],
    [
      'with one book at two depths',
      [10, 25].map(
        (depth) =>
          `{"method":"subscribe","result":{"channel":"book","depth":${depth},"snapshot":true,"symbol":"BTC/USD"},"success":true}`,
      ),
      'CAPTURE_UNREADABLE',
      'holds the book of BTC/USD at depths 10 and 25',
    ],
    ['of v1', ['[0,{"as":[]},"book-10","XBT/USD"]'], 'CAPTURE_EMPTY', 'no v2 data frame'],
  ])('%s gives one clear error', async (_name, lines, code, text) => {
    const path =
      lines === undefined ? join(directory, 'absent.ndjson') : await capture('bad.ndjson', lines);
    const error: unknown = await replay(path).catch((reason: unknown) => reason);
    expect(isSandboxError(error)).toBe(true);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(text);
    expect((error as Error).message).toContain(path);
  });
});

const captures = process.env['KR_CAPTURES'];

describe.skipIf(captures === undefined)('the captures of KR_CAPTURES (skipped: not set)', () => {
  it('go out byte for byte: 1,254 book lines, every checksum right', async () => {
    const path = join(captures ?? '', 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    const lines = (await readFile(path, 'utf8')).split('\n').filter(isBook);
    expect(lines).toHaveLength(1_254);
    const { url } = await replay(path, { closeAtEnd: true });
    const client = await TestClient.connect(url);
    const closed = client.closed();
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 10 });
    await closed;
    const received = client.received.filter(isBook);
    expect(received).toEqual(lines);
    const book = new ReferenceBook(10);
    expect(received.filter((frame) => book.apply(frame))).toHaveLength(1_254);
  });
});
