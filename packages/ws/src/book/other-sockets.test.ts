import { afterEach, describe, expect, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { ScriptedServer } from '../../test/scripted-server.ts';
import { createFuturesV1Client } from '../futures-v1/index.ts';
import type { ClientOptions } from '../index.ts';
import { createSpotV1Client } from '../spot-v1/index.ts';
import { createUnifiedClient } from '../unified/index.ts';
import { type BookFeed, type BookStatusEvent, books } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

async function market(rate = 200): Promise<AccountHarness> {
  const harness = await AccountHarness.open({ rate });
  opened.push(harness);
  return harness;
}

/** What every client of the harness is made with, and what it tells. */
function common({ time }: { readonly time: ManualTime }, gaps: string[]) {
  return {
    clock: time,
    timers: time,
    random: () => 0.5,
    onGap: ({ reason, channel, symbols, to }) =>
      gaps.push([reason, channel, ...symbols, to === undefined ? 'opens' : 'closes'].join(' ')),
  } satisfies Partial<ClientOptions>;
}

function closing(harness: AccountHarness, client: { close(): Promise<void> }): void {
  opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
}

const areVerified = (feed: BookFeed): boolean =>
  feed.symbols.every((symbol) => feed.get(symbol).status === 'verified');

const numbers = (levels: readonly { price: string; quantity: string }[]) =>
  levels.map(({ price, quantity }) => [Number(price), Number(quantity)]);

/** The best five levels a side, as numbers: both sockets print their own decimals. */
function top(feed: BookFeed, symbol: string): unknown {
  const state = feed.get(symbol);
  if (state.status !== 'verified') return state.status;
  return { bids: numbers(state.book.bids(5)), asks: numbers(state.book.asks(5)) };
}

const CONTRACTS = ['PF_XBTUSD', 'PF_ETHUSD'];

describe('books of futures v1', () => {
  it('are verified by their numbers, and say what the Unified ones say by their checksums', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const v1 = createFuturesV1Client({ ...common(harness, gaps), url: harness.futuresUrl });
    const unified = createUnifiedClient({ ...common(harness, gaps), url: harness.unified });
    closing(harness, v1);
    closing(harness, unified);
    const old = books(v1, { symbol: CONTRACTS, depth: 25 });
    const now = books(unified, { symbol: CONTRACTS, depth: 25 });
    const isEnough = (): boolean =>
      [old, now].every((feed) => areVerified(feed) && feed.stats.verified > 100);
    expect(await harness.run(30_000, isEnough)).toBe(true);
    for (const symbol of CONTRACTS) expect(top(old, symbol)).toStrictEqual(top(now, symbol));
    expect([old, now].map((feed) => feed.get('PF_XBTUSD'))).toMatchObject([
      { status: 'verified', verifiedBy: 'sequence' },
      { status: 'verified', verifiedBy: 'checksum' },
    ]);
    expect(gaps).toStrictEqual([]);
  });

  it('begin anew where a number is missing, each alone', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const client = createFuturesV1Client({ ...common(harness, gaps), url: harness.futuresUrl });
    closing(harness, client);
    const events: BookStatusEvent[] = [];
    const feed = books(client, { symbol: CONTRACTS, onStatus: (event) => events.push(event) });
    expect(await harness.run(20_000, () => areVerified(feed))).toBe(true);
    events.length = 0;
    const [symbol] = CONTRACTS;
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'book', symbol, type: 'update' });
    expect(await harness.run(20_000, () => feed.stats.resyncs === 1 && areVerified(feed))).toBe(
      true,
    );
    expect(feed.stats).toMatchObject({ jumps: 1, mismatched: 0, malformed: 0, quarantines: 0 });
    expect(events.map((event) => [event.symbol, event.from, event.to])).toStrictEqual([
      ['PF_XBTUSD', 'verified', 'resyncing'],
      ['PF_XBTUSD', 'resyncing', 'verified'],
    ]);
    expect(events[0]?.reason).toMatch(/^message \d+ did not come$/);
    expect(gaps).toStrictEqual(['sequence book PF_XBTUSD opens', 'sequence book PF_XBTUSD closes']);
  });

  it('are quarantined after three jumps in a row, and tried again when asked', async () => {
    const server = await ScriptedServer.listen();
    opened.push({ [Symbol.asyncDispose]: () => server.close() });
    const time = new ManualTime();
    let isWrong = true;
    let snapshots = 0;
    server.answer = (request, peer) => {
      const { event, feed, product_ids } = request as unknown as Record<string, unknown>;
      if (event !== 'subscribe' && event !== 'unsubscribe') return;
      peer.send({ event: `${event}d`, feed, product_ids });
      if (event !== 'subscribe') return;
      snapshots += 1;
      const head = { product_id: 'PF_XBTUSD', timestamp: 1 };
      const level = { side: 'buy', price: 1, qty: 2 };
      const { side: _, ...bid } = level;
      peer.send({ feed: 'book_snapshot', ...head, seq: 7, bids: [bid], asks: [] });
      peer.send({ feed: 'book', ...head, seq: isWrong ? 9 : 8, ...level });
    };
    const gaps: string[] = [];
    const client = createFuturesV1Client({ ...common({ time }, gaps), url: server.url });
    opened.push(client);
    const feed = books(client, { symbol: ['PF_XBTUSD'] });
    const statuses = async (until: string): Promise<void> => {
      while (feed.get('PF_XBTUSD').status !== until) {
        await time.advance(100);
        await new Promise(setImmediate);
      }
    };
    await statuses('quarantined');
    expect(feed.stats).toMatchObject({ jumps: 3, resyncs: 2, quarantines: 1 });
    expect(snapshots).toBe(3);
    expect(gaps).toStrictEqual([
      'sequence book PF_XBTUSD opens',
      'sequence book PF_XBTUSD closes',
      'sequence book PF_XBTUSD opens',
      'sequence book PF_XBTUSD closes',
      'quarantine book PF_XBTUSD opens',
    ]);
    expect(client.subscriptions[0]?.gap?.detail).toBe(
      'message 8 did not come; given up after 3 failures in a row',
    );
    isWrong = false;
    feed.retry('PF_XBTUSD');
    await statuses('verified');
    expect(gaps.at(-1)).toBe('quarantine book PF_XBTUSD closes');
  });

  it('go on with the other of two connections, and tell no gap', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const client = createFuturesV1Client({
      ...common(harness, gaps),
      url: harness.futuresUrl,
      redundancy: 2,
    });
    closing(harness, client);
    const lost: string[] = [];
    const feed = books(client, {
      symbol: CONTRACTS,
      onStatus: ({ symbol, to, reason }) => to !== 'verified' && lost.push(`${symbol} ${reason}`),
    });
    const areBoth = (): boolean =>
      client.subscriptions.every(({ lanes }) => lanes.every(({ status }) => status === 'alive'));
    expect(await harness.run(20_000, () => areVerified(feed) && areBoth())).toBe(true);
    for (const connection of [1, 2, 3]) {
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      await harness.run(200);
      expect(await harness.run(20_000, areBoth)).toBe(true);
    }
    expect([lost, gaps]).toStrictEqual([[], []]);
    expect(feed.stats.switches).toBeGreaterThan(0);
  });

  it('have no orders one by one', async () => {
    const harness = await market();
    const client = createFuturesV1Client({ ...common(harness, []), url: harness.futuresUrl });
    closing(harness, client);
    const options = { channel: 'level3', symbol: CONTRACTS } as const;
    expect(() => books(client, options)).toThrow(
      "books: futures-v1 has no books of the channel level3. Take 'book'.",
    );
  });
});

describe('books of Spot v1', () => {
  const PAIRS = ['XBT/USD', 'ETH/USD'];

  it('are unchecked after the snapshot, and verified by each update', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const client = createSpotV1Client({ ...common(harness, gaps), url: harness.v1Url });
    closing(harness, client);
    const events: BookStatusEvent[] = [];
    const feed = books(client, {
      symbol: PAIRS,
      depth: 25,
      onStatus: (event) => events.push(event),
      onChange: (_symbol, book) => {
        expect(book.checksum()).toBe(book.expectedChecksum);
      },
    });
    expect(await harness.run(20_000, () => areVerified(feed) && feed.stats.verified > 50)).toBe(
      true,
    );
    const [first] = PAIRS;
    expect(
      events.filter(({ symbol }) => symbol === first).map(({ to, reason }) => [to, reason]),
    ).toStrictEqual([
      ['unchecked', 'the message carries no checksum'],
      ['verified', 'verified'],
    ]);
    const state = feed.get('XBT/USD');
    expect(state.status === 'verified' && [state.verifiedBy, state.book.bidCount]).toStrictEqual([
      'checksum',
      25,
    ]);
    expect(gaps).toStrictEqual([]);
  });

  it('begin anew where a checksum fails, each alone', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const client = createSpotV1Client({ ...common(harness, gaps), url: harness.v1Url });
    closing(harness, client);
    const feed = books(client, { symbol: PAIRS, depth: 100 });
    expect(await harness.run(20_000, () => areVerified(feed))).toBe(true);
    harness.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'XBT/USD' });
    expect(await harness.run(20_000, () => feed.stats.resyncs === 1 && areVerified(feed))).toBe(
      true,
    );
    expect(feed.stats).toMatchObject({ mismatched: 1, quarantines: 0 });
    expect(gaps).toStrictEqual(['resync book XBT/USD opens', 'resync book XBT/USD closes']);
  });

  it('go on with the other of two connections, and tell no gap', async () => {
    const harness = await market();
    const gaps: string[] = [];
    const client = createSpotV1Client({
      ...common(harness, gaps),
      url: harness.v1Url,
      redundancy: 2,
    });
    closing(harness, client);
    const feed = books(client, { symbol: PAIRS });
    const areBoth = (): boolean =>
      client.subscriptions.every(({ lanes }) => lanes.every(({ status }) => status === 'alive'));
    expect(await harness.run(20_000, () => areVerified(feed) && areBoth())).toBe(true);
    for (const connection of [1, 2, 3]) {
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      await harness.run(200);
      expect(areVerified(feed)).toBe(true);
      expect(await harness.run(20_000, areBoth)).toBe(true);
    }
    expect(gaps).toStrictEqual([]);
  });
});

/** Of a book, without its checksum. */
const unproved = (type: string, qty: number): object => ({
  channel: 'book',
  type,
  data: [{ symbol: 'PF_XBTUSD', bids: [{ price: 100.5, qty }], asks: [] }],
});

describe('a Unified book whose messages carry no checksum', () => {
  it('can be read, and is never called verified', async () => {
    const server = await ScriptedServer.listen();
    opened.push({ [Symbol.asyncDispose]: () => server.close() });
    const time = new ManualTime();
    const client = createUnifiedClient({ ...common({ time }, []), url: server.url });
    opened.push(client);
    const feed: BookFeed = books(client, { symbol: ['PF_XBTUSD'] });
    await feed.results;
    server.peer.send(unproved('snapshot', 1), unproved('update', 2));
    for await (const { state } of feed) {
      if (state.status === 'unchecked' && state.book.bestBid()?.quantity === '2') break;
    }
    expect(feed.get('PF_XBTUSD')).toMatchObject({
      status: 'unchecked',
      reason: 'the message carries no checksum',
    });
    expect(feed.stats).toMatchObject({ verified: 0, mismatched: 0, resyncs: 0 });
  });
});
