import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@kr/sandbox';
import { parseWsMessage } from '@kr/schemas';
import {
  createSystemClock,
  createSystemTimers,
  type Frame,
  type GapEvent,
} from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, createConnection, type StateEvent } from '../index.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
let sandbox: Sandbox;
let url: string;

beforeEach(async () => {
  sandbox = createSandbox({ source: { kind: 'synthetic', seed: 7, rate: 500 }, clock, timers });
  ({ url } = await sandbox.listen());
});
afterEach(async () => {
  await sandbox.close();
});

/** Reads frames until one makes the condition true. */
async function readUntil(
  frames: AsyncIterable<Frame>,
  isEnough: (frame: Frame) => boolean,
): Promise<void> {
  for await (const frame of frames) if (isEnough(frame)) return;
}

const captures = process.env['KR_CAPTURES'];

const statusesOf = ({ subscriptions }: Connection): string[] =>
  subscriptions.map(({ status }) => status);

describe('against the sandbox', () => {
  it('subscribes to every channel of every symbol and hears of each', async () => {
    const symbol = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];
    await using connection = createConnection({ url, clock, timers });
    const frames = connection.frames();
    await connection.open();
    const results = await Promise.all([
      connection.subscribe({ channel: 'instrument' }),
      connection.subscribe({ channel: 'book', symbol, depth: 10 }),
      connection.subscribe({ channel: 'trade', symbol, snapshot: true }),
      connection.subscribe({ channel: 'ticker', symbol }),
    ]);
    expect(results.flat()).toHaveLength(16);
    expect(results.flat().every(({ success }) => success)).toBe(true);
    await readUntil(frames, () => statusesOf(connection).every((status) => status === 'alive'));
    expect(connection.stats).toMatchObject({
      malformedFrames: 0,
      unmatchedAcks: 0,
      disconnects: 0,
    });
  });

  it('counts for each subscription exactly the data frames that name it', async () => {
    const counted = new Map<string, number>();
    await using connection = createConnection({ url, clock, timers });
    const frames = connection.frames();
    await connection.open();
    await connection.subscribe({ channel: 'book', symbol: ['BTC/USD', 'MLN/EUR'], depth: 10 });
    await connection.subscribe({ channel: 'trade', symbol: ['BTC/USD', 'PEPE/USD'] });
    let seen = 0;
    await readUntil(frames, ({ bytes }) => {
      const message = parseWsMessage(bytes);
      if (
        message.kind === 'data' &&
        (message.frame.channel === 'book' || message.frame.channel === 'trade')
      ) {
        const { channel } = message.frame;
        const symbols = new Set(message.frame.data.map(({ symbol }) => `${channel} ${symbol}`));
        for (const name of symbols) counted.set(name, (counted.get(name) ?? 0) + 1);
      }
      seen += 1;
      return seen >= 500 && connection.stats.queuedFrames === 0;
    });
    const told = connection.subscriptions
      .filter(({ dataFrames }) => dataFrames > 0)
      .map(({ channel, symbol, dataFrames }) => [`${channel} ${symbol ?? ''}`, dataFrames]);
    expect(Object.fromEntries(told)).toStrictEqual(Object.fromEntries(counted));
  });

  it('gets refusals for what does not exist, beside what does', async () => {
    await using connection = createConnection({ url, clock, timers });
    await connection.open();
    await expect(
      connection.subscribe({ channel: 'book', symbol: ['BTC/USD', 'XBT/USD', 'nonsense'] }),
    ).resolves.toMatchObject([
      { symbol: 'BTC/USD', success: true },
      { symbol: 'XBT/USD', success: false, code: 'REJECTED' },
      { symbol: 'nonsense', success: false, code: 'REJECTED' },
    ]);
    await expect(
      connection.unsubscribe({ channel: 'book', symbol: ['BTC/USD'] }),
    ).resolves.toMatchObject([{ success: true }]);
    await expect(connection.request('ping')).resolves.toMatchObject({ method: 'pong' });
  });

  it('is alive again after the server was gone, with one hole between its two sockets', async () => {
    const gaps: GapEvent[] = [];
    const states: StateEvent[] = [];
    await using connection = createConnection({
      url,
      clock,
      timers,
      backoffInitialMs: 1,
      backoffMaxMs: 20,
      onGap: (gap) => gaps.push(gap),
      onState: (event) => states.push(event),
    });
    const frames = connection.frames();
    await connection.open();
    await connection.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 10 });
    await readUntil(connection.frames(), () => statusesOf(connection)[0] === 'alive');
    const { port } = new URL(url);
    await sandbox.close();
    sandbox = createSandbox({
      source: { kind: 'synthetic', seed: 8 },
      clock,
      timers,
      port: Number(port),
    });
    await sandbox.listen();
    await readUntil(
      frames,
      ({ connectionId }) => connectionId > 1 && statusesOf(connection)[0] === 'alive',
    );
    expect(gaps).toMatchObject([
      { reason: 'disconnect', channel: 'book', symbols: ['BTC/USD'], from: expect.any(String) },
      { reason: 'disconnect', channel: 'book', symbols: ['BTC/USD'], to: expect.any(String) },
    ]);
    expect(gaps[1]).toStrictEqual({ ...gaps[0], to: gaps[1]?.to });
    expect(states.some(({ to }) => to === 'reconnecting')).toBe(true);
  });
});

describe.skipIf(captures === undefined)('a real capture (needs KR_CAPTURES)', () => {
  it('comes through sandbox and connection byte for byte', async () => {
    const path = join(captures ?? '', 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    const wanted = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"channel":"book"'));
    await using replay = createSandbox({
      source: { kind: 'replay', path, speed: 'max' },
      clock,
      timers,
    });
    const received: string[] = [];
    await using connection = createConnection({ url: (await replay.listen()).url, clock, timers });
    const frames = connection.frames();
    await connection.open();
    await connection.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 10 });
    await readUntil(frames, ({ bytes }) => {
      const text = new TextDecoder().decode(bytes);
      if (text.startsWith('{"channel":"book"')) received.push(text);
      return received.length === wanted.length;
    });
    expect(wanted).toHaveLength(1254);
    expect(received).toStrictEqual(wanted);
    expect(connection.subscriptions).toMatchObject([{ status: 'alive', dataFrames: 1254 }]);
  });
});
