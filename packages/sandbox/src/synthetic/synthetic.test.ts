import { L2Book } from '@kr/orderbook';
import { type Clock, createSystemClock, createSystemTimers, type Timers } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { BOOK_DEPTHS } from '../protocol/subscription.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox-types.ts';
import type { SyntheticSourceOptions } from './synthetic-source.ts';

const SYMBOLS = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];
const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function market(
  source: Partial<SyntheticSourceOptions> = {},
  time?: Clock & Timers,
): Promise<{ sandbox: Sandbox; url: string }> {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, ...source },
    clock: time ?? createSystemClock(),
    timers: time ?? createSystemTimers(),
  });
  opened.push(sandbox);
  return { sandbox, url: (await sandbox.listen()).url };
}

/** A manual market with a client of everything, its acknowledgements and snapshots still to be read. */
async function watch(
  channel: string,
  source: Partial<SyntheticSourceOptions> = {},
  params: Record<string, unknown> = {},
): Promise<{ client: TestClient; time: ManualTime; ping: () => Promise<string> }> {
  const time = new ManualTime();
  const { url } = await market(source, time);
  const client = await TestClient.connect(url);
  client.subscribe({ channel, symbol: source.symbols ?? SYMBOLS, ...params });
  const ping = (): Promise<string> => {
    client.send({ method: 'ping' });
    return client.next((text) => text.includes('"pong"'));
  };
  await ping();
  return { client, time, ping };
}

const frames = (client: TestClient, channel: string): string[] =>
  client.received.filter((text) => text.startsWith(`{"channel":"${channel}"`));
const symbolOf = (frame: string): string => /"symbol":"([^"]+)"/.exec(frame)?.[1] ?? '';

describe('the synthetic market over a socket', () => {
  it.each([1, 'another seed', 20_260_721])(
    'keeps every book of every depth verified (seed %s)',
    async (seed) => {
      const { url } = await market({ seed, rate: 4_000 });
      await Promise.all(
        BOOK_DEPTHS.map(async (depth) => {
          await using client = await TestClient.connect(url);
          client.subscribe({ channel: 'book', symbol: SYMBOLS, depth });
          const books = new Map(SYMBOLS.map((symbol) => [symbol, new L2Book({ symbol, depth })]));
          let verified = 0;
          for (let count = 0; count < 2_000; count += 1) {
            const frame = await client.nextOf('book');
            if (books.get(symbolOf(frame))?.apply(frame) === 'verified') verified += 1;
          }
          expect(verified).toBe(2_000);
        }),
      );
    },
  );

  it('sends the same books for the same seed, whatever else is subscribed', async () => {
    const runs = [];
    for (const others of [[], ['ETH/USD']]) {
      const { client, time, ping } = await watch('book', { seed: 'same', rate: 500 });
      if (others.length > 0) {
        client.subscribe({ channel: 'trade', symbol: others });
        client.subscribe({ channel: 'book', symbol: others, depth: 1000, snapshot: false });
      }
      time.advance(2_000);
      await ping();
      runs.push(frames(client, 'book').filter((frame) => symbolOf(frame) === 'BTC/USD'));
      client.webSocket.terminate();
    }
    expect(runs[0]?.length).toBeGreaterThan(200);
    expect(runs[1]).toEqual(runs[0]);
  });

  it('moves a symbol the same way whatever other symbols there are', async () => {
    const states = [];
    for (const symbols of [['BTC/USD'], ['BTC/USD', 'ETH/USD']]) {
      const { client, time, ping } = await watch('book', { symbols, rate: 200 });
      time.advance(2_000);
      await ping();
      const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
      const states1: number[] = [];
      for (const frame of frames(client, 'book')) {
        if (symbolOf(frame) === 'BTC/USD' && book.apply(frame) === 'verified') {
          states1.push(book.checksum());
        }
      }
      states.push(states1.slice(0, 100));
      client.webSocket.terminate();
    }
    expect(states[0]).toHaveLength(100);
    expect(states[1]).toEqual(states[0]);
  });

  it('has quantities past 2^53 lots, tiny prices, and a side with fewer than ten levels', async () => {
    const { client, time, ping } = await watch('book', { rate: 2_000 }, { depth: 1000 });
    time.advance(2_000);
    await ping();
    let largest = 0n;
    for (const frame of frames(client, 'book')) {
      if (symbolOf(frame) !== 'PEPE/USD') continue;
      expect(frame).toMatch(/"price":0\.0000\d{5},/);
      for (const [, quantity = ''] of frame.matchAll(/"qty":([0-9.]+)/g)) {
        if (lots(quantity) > largest) largest = lots(quantity);
      }
    }
    expect(largest).toBeGreaterThan(2n ** 53n);
    const book = new L2Book({ symbol: 'MLN/EUR', depth: 1000 });
    const thin = frames(client, 'book').filter((frame) => symbolOf(frame) === 'MLN/EUR');
    expect(thin.length).toBeGreaterThan(50);
    for (const frame of thin) {
      expect(book.apply(frame)).toBe('verified');
      for (const side of [book.bids(), book.asks()]) {
        expect(side.length).toBeGreaterThan(0);
        expect(side.length).toBeLessThan(10);
      }
    }
  });

  it('never crosses, names a price twice now and then, and republishes levels', async () => {
    const { client, time, ping } = await watch('book', { rate: 2_000 });
    time.advance(3_000);
    await ping();
    const books = new Map(SYMBOLS.map((symbol) => [symbol, new L2Book({ symbol, depth: 10 })]));
    let twice = 0;
    let removals = 0;
    for (const frame of frames(client, 'book')) {
      const book = books.get(symbolOf(frame));
      book?.apply(frame);
      expect(Number(book?.bestBid()?.price)).toBeLessThan(Number(book?.bestAsk()?.price));
      for (const part of frame.split('"asks":')) {
        const prices = [...part.matchAll(/"price":([0-9.]+)/g)].map(([, price]) => price);
        if (new Set(prices).size < prices.length) twice += 1;
      }
      if (/"qty":0\.0+\}/.test(frame)) removals += 1;
    }
    expect(twice).toBeGreaterThan(20);
    expect(removals).toBeGreaterThan(500);
  });

  it('trades at the prices that stand in the book, and the book loses what was traded', async () => {
    const symbols = ['SOL/USD'];
    const { client, time, ping } = await watch('book', { symbols, rate: 1_000 }, { depth: 1000 });
    client.subscribe({ channel: 'trade', symbol: symbols });
    await ping();
    time.advance(5_000);
    await ping();
    const book = new L2Book({ symbol: 'SOL/USD', depth: 1000 });
    let before = sides(book);
    const ids: number[] = [];
    for (const text of client.received) {
      if (text.startsWith('{"channel":"book"')) {
        before = sides(book);
        book.apply(text);
      }
      const sold = new Map<string, bigint>();
      for (const { taker, price, quantity, id } of trades(text)) {
        const key = `${taker === 'buy' ? 'asks' : 'bids'} ${price}`;
        sold.set(key, (sold.get(key) ?? 0n) + lots(quantity));
        ids.push(id);
      }
      for (const [key, sum] of sold) {
        const [side, price] = key.split(' ') as ['asks' | 'bids', string];
        expect(lots(before[side].get(price)) - lots(sides(book)[side].get(price))).toBe(sum);
      }
    }
    expect(ids.length).toBeGreaterThan(200);
    const [first = 0] = ids;
    expect(ids).toEqual(ids.map((_, at) => first + at));
  });

  it('keeps the ticker in line with the book and the trades', async () => {
    const symbols = ['ETH/USD'];
    const { client, time, ping } = await watch('book', { symbols, rate: 500 });
    client.subscribe({ channel: 'ticker', symbol: symbols, event_trigger: 'bbo' });
    client.subscribe({ channel: 'trade', symbol: symbols, snapshot: true });
    await ping();
    time.advance(4_000);
    await ping();
    const book = new L2Book({ symbol: 'ETH/USD', depth: 10 });
    let last: string | undefined;
    let tickers = 0;
    for (const text of client.received) {
      if (text.startsWith('{"channel":"book"')) book.apply(text);
      if (text.startsWith('{"channel":"trade"')) {
        last = [...text.matchAll(/"price":([0-9.]+)/g)].at(-1)?.[1];
      }
      if (!text.startsWith('{"channel":"ticker"') || text.includes('"snapshot"')) continue;
      tickers += 1;
      const [bid, ask] = [book.bestBid(), book.bestAsk()];
      expect(text).toContain(
        `{"symbol":"ETH/USD","bid":${bid?.price},"bid_qty":${bid?.quantity},"ask":${ask?.price},"ask_qty":${ask?.quantity},"last":${last},"volume":`,
      );
      const number = (key: string): number =>
        Number(new RegExp(`"${key}":(-?[0-9.]+)[,}]`).exec(text)?.[1]);
      expect(number('low')).toBeLessThanOrEqual(number('vwap'));
      expect(number('vwap')).toBeLessThanOrEqual(number('high'));
      expect(text).toMatch(
        /"change":-?\d+\.\d{2},"change_pct":-?\d+\.\d{2},"timestamp":"[^"]+Z"\}\]\}$/,
      );
    }
    expect(tickers).toBeGreaterThan(100);
  });

  it('sends the last fifty trades as the snapshot, oldest first', async () => {
    const { client } = await watch('trade', { symbols: ['MLN/EUR'] }, { snapshot: true });
    const [frame = ''] = frames(client, 'trade');
    const ids = [...frame.matchAll(/"trade_id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids).toHaveLength(50);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('makes the updates a second that it is asked for', async () => {
    for (const rate of [2, 50, 3_000]) {
      const time = new ManualTime();
      const { sandbox } = await market({ rate }, time);
      for (let elapsed = 0; elapsed < 10_000; elapsed += 100) time.advance(100);
      const { source } = sandbox.stats;
      const steps = source.kind === 'synthetic' ? source.steps : 0;
      expect(Math.abs(steps - rate * 10)).toBeLessThanOrEqual(rate * 0.02 + 1);
    }
  });

  it('leaves out what was due while its process stood still', async () => {
    const clock = createSystemClock();
    let ahead = 0n;
    const time = new ManualTime();
    const stepped: Clock & Timers = {
      wallNs: () => clock.wallNs(),
      monotonicNs: () => time.monotonicNs() + ahead,
      setTimeout: (callback, ms) => time.setTimeout(callback, ms),
      clearTimeout: (handle) => {
        time.clearTimeout(handle);
      },
    };
    const { sandbox } = await market({ rate: 100 }, stepped);
    ahead = 60_000_000_000n;
    time.advance(10);
    expect(sandbox.stats.source).toMatchObject({ steps: 100, skippedSteps: 5_901 });
  });

  it.each([0, -1, Number.NaN, 2e6])('refuses a rate of %s', (rate) => {
    expect(() =>
      createSandbox({
        source: { kind: 'synthetic', seed: 1, rate },
        clock: createSystemClock(),
        timers: createSystemTimers(),
      }),
    ).toThrow(/rate is/);
  });
});

function lots(quantity: string | undefined): bigint {
  return BigInt((quantity ?? '0').replace('.', ''));
}

function toMap(levels: readonly { price: string; quantity: string }[]): Map<string, string> {
  return new Map(levels.map(({ price, quantity }) => [price, quantity]));
}

function sides(book: L2Book): Record<'bids' | 'asks', Map<string, string>> {
  return { bids: toMap(book.bids()), asks: toMap(book.asks()) };
}

const TRADE =
  /\{"symbol":"[^"]+","side":"(buy|sell)","price":([0-9.]+),"qty":([0-9.]+),"ord_type":"(?:market|limit)","trade_id":(\d+),"timestamp":"[^"]+"\}/g;

/** The rows of an update of the trade channel; none of anything else. */
function trades(text: string): { taker: string; price: string; quantity: string; id: number }[] {
  if (!text.startsWith('{"channel":"trade","type":"update","data":[')) return [];
  return [...text.matchAll(TRADE)].map(([, taker = '', price = '', quantity = '', id = '']) => ({
    taker,
    price,
    quantity,
    id: Number(id),
  }));
}
