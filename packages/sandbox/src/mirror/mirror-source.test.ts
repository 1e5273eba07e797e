import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { L2Book } from '@kr/orderbook';
import { sumDecimals } from '@kr/orderbook/decimal';
import { parseStrictly, routeWsMessage } from '@kr/schemas';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { createMarket } from '../../test/market.ts';
import { openPaper, paperAccount } from '../../test/paper.ts';
import { V1Client } from '../../test/v1-client.ts';
import { readInstruments } from '../index.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox-types.ts';

const directory = mkdtempSync(join(tmpdir(), 'kr-mirror-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});
const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

const FUNDS = { USD: '100000', BTC: '10' };
const INSTRUMENTS =
  '{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[{"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online","qty_precision":8,"qty_increment":1e-08,"price_precision":1,"cost_precision":5,"marginable":true,"has_index":true,"cost_min":0.5,"margin_initial":0.2,"position_limit_long":250,"position_limit_short":200,"tick_size":0.1,"price_increment":0.1,"qty_min":5e-05}]}}';

function capture(name: string, lines: readonly string[]): string {
  const path = join(directory, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const bookOf = (lines: readonly string[]): L2Book => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
  for (const line of lines) book.apply(line);
  return book;
};

describe('accounts in a replay', () => {
  it('trade with what was recorded; each protocol tells it, with their orders in the books', async () => {
    const lines = createMarket({ seed: 'mirror', symbols: ['BTC/USD'], updates: 400 });
    const time = new ManualTime();
    const source = { kind: 'replay', path: capture('a.ndjson', lines), speed: 1 } as const;
    const paper = await openPaper([paperAccount('alice', FUNDS)], { source }, time);
    opened.push(paper.sandbox);
    const [rest] = paper.rest;
    const token = (await rest?.token()) ?? '';
    const client = await paper.connect();
    const v1 = await V1Client.connect(`${paper.url.replace('http', 'ws')}/v2`);
    await expect.poll(() => paper.sandbox.stats.source).toMatchObject({ frames: 1 });
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    client.send({ method: 'subscribe', params: { channel: 'executions', token } });
    const snapshot = await client.nextOf('book');
    await v1.subscribe('book', ['XBT/USD']);
    await v1.nextOf('book-10');
    const recorded = bookOf(lines.slice(0, 3));
    expect(bookOf([snapshot]).bids(10)).toEqual(recorded.bids(10));
    const best = recorded.asks(1)[0];
    const order = {
      symbol: 'BTC/USD',
      order_type: 'market',
      side: 'buy',
      order_qty: 0.0001,
      token,
    };
    client.send({ method: 'add_order', params: order });
    const trade = await client.next((text) => text.includes('"exec_type":"trade"'));
    expect(trade).toContain(`"last_price":${best?.price}`);
    const price = Number(recorded.bids(1)[0]?.price) - 1;
    const limit = { ...order, order_type: 'limit', limit_price: Number(price.toFixed(1)) };
    client.send({ method: 'add_order', params: { ...limit, order_qty: 0.5 } });
    await client.next((text) => text.includes('"exec_type":"new"'));
    const books = (): string[] =>
      client.received.filter((text) => text.startsWith('{"channel":"book"'));
    for (let step = 0; books().length < 40; step += 1) {
      time.advance(20);
      client.send({ method: 'ping', req_id: step });
      await client.next((text) => text.includes(`"pong","req_id":${step},`));
    }
    await v1.ask('ping');
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    const outcomes = books().map((text) => book.apply(text));
    expect(new Set(outcomes)).toEqual(new Set(['verified']));
    for (const text of client.received) parseStrictly(routeWsMessage, text);
    const olds = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    const found = v1.all('book-10').map((text) => olds.apply(text));
    expect(new Set(found.slice(1))).toEqual(new Set(['verified']));
    const balance = await rest?.get<Record<string, string>>('Balance');
    const bought = client.received
      .map((text) => /"exec_type":"trade".*"last_qty":([\d.]+)/.exec(text)?.[1])
      .filter((text) => text !== undefined);
    expect(sumDecimals(['10.0000000000', ...bought])).toBe(balance?.['XXBT']);
    expect(books().some((text) => text.includes(`"price":${price.toFixed(1)},`))).toBe(true);
    expect(paper.sandbox.stats.source).toMatchObject({ books: { mismatches: 0 } });
    await client[Symbol.asyncDispose]();
    await v1[Symbol.asyncDispose]();
  });

  it('take what is wrong back with one sentence', async () => {
    const time = new ManualTime();
    const made = { clock: time, timers: time, accounts: [paperAccount('alice', FUNDS)] };
    const path = capture('b.ndjson', ['{"channel":"trade","type":"update","data":[]}']);
    const source = { kind: 'replay', path, speed: 1 } as const;
    await expect(createSandbox({ ...made, source }).listen()).rejects.toMatchObject({
      code: 'CAPTURE_EMPTY',
      message: expect.stringContaining('holds no book to trade in') as string,
    });
    expect(() => createSandbox({ ...made, source: { ...source, closeAtEnd: true } })).toThrow(
      'leave one of the two out',
    );
    expect(() => createSandbox({ ...made, source: { ...source, speed: 0 } })).toThrow('speed is 0');
  });
});

describe('a live source', () => {
  it('is what an app passes in: paper orders fill against it, and it ends with the sandbox', async () => {
    const lines = createMarket({ seed: 'live', symbols: ['BTC/USD'], updates: 200 });
    let release: (() => void) | undefined;
    const isOver = new Promise<void>((resolve) => {
      release = resolve;
    });
    let ended = false;
    async function* frames(): AsyncGenerator<string> {
      try {
        yield INSTRUMENTS;
        yield* lines;
        await isOver;
        yield '{"channel":"heartbeat"}';
      } finally {
        ended = true;
      }
    }
    const instruments = readInstruments(INSTRUMENTS, ['BTC/USD']);
    expect(instruments).toMatchObject([
      { symbol: 'BTC/USD', minimumLots: 5_000, incrementTicks: 1 },
    ]);
    const source = { kind: 'live', frames: frames(), instruments } as const;
    const paper = await openPaper([paperAccount('alice', FUNDS)], { source });
    opened.push(paper.sandbox);
    const updates = lines.filter((line) => line.startsWith('{"channel":"book"'));
    await expect
      .poll(() => paper.sandbox.stats.source, { timeout: 20_000 })
      .toMatchObject({ kind: 'live', books: { verified: updates.length, mismatches: 0 } });
    const token = (await paper.rest[0]?.token()) ?? '';
    const client = await paper.connect();
    client.send({ method: 'subscribe', params: { channel: 'executions', token } });
    const order = {
      symbol: 'BTC/USD',
      order_type: 'market',
      side: 'sell',
      order_qty: 0.0001,
      token,
    };
    client.send({ method: 'add_order', params: order });
    const trade = await client.next((text) => text.includes('"exec_type":"trade"'));
    expect(trade).toContain(`"last_price":${bookOf(updates).bids(1)[0]?.price}`);
    await client[Symbol.asyncDispose]();
    await paper.sandbox.close();
    release?.();
    await expect.poll(() => ended).toBe(true);
  });

  it('is opened with instruments of the channel, and with nothing else', () => {
    expect(() => readInstruments('{"channel":"book"}')).toThrow(
      'no message of the instrument channel',
    );
  });
});

const captures = process.env['KR_CAPTURES'];
describe.skipIf(captures === undefined)('the captures of KR_CAPTURES (skipped: not set)', () => {
  it('are mirrored with every checksum right', async () => {
    const path = join(captures ?? '', 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    const sandbox = createSandbox({
      source: { kind: 'replay', path, speed: 'max' },
      clock: createSystemClock(),
      timers: createSystemTimers(),
      accounts: [paperAccount('alice', FUNDS)],
    });
    opened.push(sandbox);
    await sandbox.listen();
    await expect
      .poll(() => sandbox.stats.source, { timeout: 20_000 })
      .toMatchObject({ running: 0, books: { verified: 1254, mismatches: 0 } });
    expect(sandbox.stats.funds).toMatchObject({ BTC: { deposited: '10.0000000000' } });
  });
});
