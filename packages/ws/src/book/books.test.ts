import { createSandbox, type Sandbox, type SandboxOptions } from '@kr/sandbox';
import { createSystemClock, createSystemTimers, type GapEvent } from '@kr/schemas/shared';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../index.ts';
import { type BookFeed, type BookStatusEvent, books } from './index.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
const SYMBOLS = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];
let open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
  open = [];
});

async function market(
  options: Partial<SandboxOptions> = {},
  client: Partial<ClientOptions> = {},
): Promise<{ sandbox: Sandbox; client: Client; gaps: GapEvent[] }> {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 5, rate: 400 },
    clock,
    timers,
    ...options,
  });
  const gaps: GapEvent[] = [];
  const { url } = await sandbox.listen();
  const made = createClient({
    url,
    clock,
    timers,
    backoffInitialMs: 5,
    backoffMaxMs: 20,
    onGap: (gap) => gaps.push(gap),
    ...client,
  });
  open.push(sandbox, made);
  return { sandbox, client: made, gaps };
}

/** Reads changes until it is so. */
async function until(feed: BookFeed, is: () => boolean): Promise<void> {
  if (is()) return;
  for await (const _ of feed) if (is()) return;
  expect(is()).toBe(true);
}

const reasons = (gaps: readonly GapEvent[], symbol: string): string[] =>
  gaps
    .filter(({ symbols }) => symbols.includes(symbol))
    .map(({ reason, to }) => `${reason} ${to === undefined ? 'opens' : 'closes'}`);

describe('books()', () => {
  it('keeps books that are verified on every message', async () => {
    const { client, gaps } = await market();
    const feed = books(client, { symbol: SYMBOLS, depth: 25 });
    expect(feed.get('BTC/USD')).toStrictEqual({
      status: 'awaitingSnapshot',
      symbol: 'BTC/USD',
      reason: 'subscribed, no snapshot yet',
    });
    await until(feed, () => feed.stats.verified >= 300);
    for (const symbol of SYMBOLS) {
      const state = feed.get(symbol);
      expect(state.status).toBe('verified');
      if (state.status !== 'verified') continue;
      expect(state.book.verified).toBe(true);
      expect(state.book.checksum()).toBe(state.book.expectedChecksum);
    }
    expect(feed.stats).toMatchObject({ mismatched: 0, malformed: 0, resyncs: 0 });
    expect(gaps).toStrictEqual([]);
    expect(() => feed.get('XBT/USD')).toThrow('get: XBT/USD is no symbol of this feed.');
  });

  it('hands the newest state to a slow loop, and every state to a callback', async () => {
    const { client } = await market();
    let seen = 0;
    const feed = books(client, {
      symbol: ['BTC/USD'],
      onChange: (symbol, book) => {
        seen += 1;
        expect([symbol, book.verified]).toStrictEqual(['BTC/USD', true]);
      },
    });
    const changes = feed[Symbol.asyncIterator]();
    await until(feed, () => seen >= 50);
    const { value } = await changes.next();
    expect(value?.messages).toBeGreaterThanOrEqual(50);
    expect(value?.state).toStrictEqual(feed.get('BTC/USD'));
  });

  it('begins a book anew whose checksum fails, and no other', async () => {
    const { client, sandbox, gaps } = await market();
    const events: BookStatusEvent[] = [];
    const feed = books(client, { symbol: SYMBOLS, onStatus: (event) => events.push(event) });
    await until(feed, () => SYMBOLS.every((symbol) => feed.get(symbol).status === 'verified'));
    sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'BTC/USD', type: 'update' });
    await until(feed, () => feed.stats.mismatched === 1);
    await until(feed, () => feed.get('BTC/USD').status === 'verified');
    expect(events.filter(({ symbol }) => symbol === 'BTC/USD').map(({ to }) => to)).toStrictEqual([
      'verified',
      'resyncing',
      'verified',
    ]);
    expect(events.filter(({ from }) => from === 'verified')).toHaveLength(1);
    expect(reasons(gaps, 'BTC/USD')).toStrictEqual(['resync opens', 'resync closes']);
    expect(gaps).toHaveLength(2);
    expect(gaps[0]?.detail).toMatch(/^checksum \d+ sent, \d+ computed$/);
    expect(gaps[0]?.from).toBeDefined();
  });

  it('finds a message that was lost on the way by the next checksum', async () => {
    const { client, sandbox, gaps } = await market();
    const feed = books(client, { symbol: ['SOL/USD'] });
    await until(feed, () => feed.get('SOL/USD').status === 'verified');
    // One that is lost may be made good by the next (quantities are absolute): not twenty in a row.
    sandbox.faults.inject({ kind: 'drop', symbol: 'SOL/USD', type: 'update', times: 20 });
    await until(
      feed,
      () => feed.stats.mismatched >= 1 && feed.get('SOL/USD').status === 'verified',
    );
    expect(reasons(gaps, 'SOL/USD').slice(0, 2)).toStrictEqual(['resync opens', 'resync closes']);
  });

  it('quarantines a symbol after three failures in a row, and the others miss nothing', async () => {
    const { client, sandbox, gaps } = await market({
      faults: [{ kind: 'corruptChecksum', symbol: 'BTC/USD', times: 'always' }],
    });
    const feed = books(client, { symbol: SYMBOLS, delayMs: 1 });
    await until(feed, () => feed.get('BTC/USD').status === 'quarantined');
    expect(feed.get('BTC/USD')).toMatchObject({
      reason: expect.stringContaining('given up after 3 failures in a row'),
    });
    expect(feed.stats).toMatchObject({ mismatched: 3, resyncs: 2, quarantines: 1 });
    const { verified } = feed.stats;
    await until(feed, () => feed.stats.verified >= verified + 100);
    expect(feed.stats.mismatched).toBe(3);
    expect(new Set(gaps.flatMap(({ symbols }) => symbols))).toStrictEqual(new Set(['BTC/USD']));
    expect(reasons(gaps, 'BTC/USD').at(-1)).toBe('quarantine opens');
    sandbox.faults.clear();
    feed.retry('BTC/USD');
    await until(feed, () => feed.get('BTC/USD').status === 'verified');
    expect(reasons(gaps, 'BTC/USD').at(-1)).toBe('quarantine closes');
  });

  it('awaits snapshots after a disconnect, and is verified again', async () => {
    const { client, sandbox, gaps } = await market();
    const feed = books(client, { symbol: ['BTC/USD', 'ETH/USD'] });
    const both = () => feed.symbols.every((symbol) => feed.get(symbol).status === 'verified');
    await until(feed, both);
    const states: string[] = [];
    const watching = (async () => {
      for await (const { state } of feed) states.push(state.status);
    })();
    sandbox.faults.inject({ kind: 'reset' });
    await until(feed, () => feed.get('BTC/USD').status === 'awaitingSnapshot');
    await until(feed, both);
    await feed.close();
    await watching;
    expect(states).toContain('awaitingSnapshot');
    expect(states.at(-1)).toBe('ended');
    expect(reasons(gaps, 'ETH/USD')).toStrictEqual(['disconnect opens', 'disconnect closes']);
  });

  it('says of a symbol that does not exist that it ended, and why', async () => {
    const { client } = await market();
    const feed = books(client, { symbol: ['BTC/USD', 'XBT/USD'] });
    expect(await feed.results).toMatchObject([{ success: true }, { success: false }]);
    expect(feed.get('XBT/USD')).toMatchObject({
      status: 'ended',
      reason: 'Kraken refused book XBT/USD: Currency pair not supported XBT/USD',
    });
    await until(feed, () => feed.get('BTC/USD').status === 'verified');
    expectTypeOf(feed.get('BTC/USD').status).toEqualTypeOf<
      'verified' | 'unchecked' | 'awaitingSnapshot' | 'resyncing' | 'quarantined' | 'ended'
    >();
  });
});

describe('two connections', () => {
  it('lose nothing and report no gap when either is cut', async () => {
    const { client, sandbox, gaps } = await market({}, { redundancy: 2 });
    let verified = 0;
    const feed = books(client, {
      symbol: SYMBOLS,
      onChange: (_symbol, book) => {
        if (book.verified && book.checksum() === book.expectedChecksum) verified += 1;
      },
    });
    const areBoth = (): boolean =>
      client.subscriptions.every(({ lanes }) =>
        lanes.every(({ status, state }) => status === 'alive' && state === 'open'),
      );
    await until(feed, areBoth);
    const alive = [1, 2];
    for (let cut = 0; cut < 4; cut += 1) {
      const { disconnects } = client.stats;
      const victim = cut % 3 === 0 ? alive.shift() : alive.pop();
      sandbox.faults.inject({ kind: 'reset', connection: victim });
      alive.push(sandbox.stats.connections.total + 1);
      await until(feed, () => client.stats.disconnects > disconnects);
      expect(feed.symbols.map((symbol) => feed.get(symbol).status)).toStrictEqual(
        SYMBOLS.map(() => 'verified'),
      );
      await until(feed, areBoth);
    }
    expect(gaps).toStrictEqual([]);
    expect(feed.stats).toMatchObject({ mismatched: 0, malformed: 0 });
    expect(feed.stats.switches).toBeGreaterThan(0);
    expect(verified).toBeGreaterThan(0);
  });
});
