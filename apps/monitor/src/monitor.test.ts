import { describe, expect, it } from 'vitest';
import { BROKEN_MS, type Running, startMonitor, TestPage, textOf } from '../test/running.ts';
import type { SideLevels } from './protocol/book-levels.ts';
import { formatScaled } from './protocol/scaled.ts';

/** The texts of a side as a page has it. */
const sideText = ({ prices, quantities }: SideLevels, price: number, quantity: number): string =>
  textOf(
    prices.map((at, i) => ({
      price: formatScaled(at, price),
      quantity: formatScaled(quantities[i] ?? 0, quantity),
    })),
  );

const expectSameState = (page: TestPage, { states }: Running, symbol: string): number => {
  const book = page.market.of(symbol)?.book;
  const state = states.get(symbol)?.get(book?.sequence ?? -1);
  const { pricePrecision = 0, quantityPrecision = 0 } = book ?? {};
  const shown = book && {
    bids: sideText(book.bids, pricePrecision, quantityPrecision),
    asks: sideText(book.asks, pricePrecision, quantityPrecision),
  };
  expect(shown).toEqual(state);
  return book?.sequence ?? -1;
};

const watching = async (running: Running, ...symbols: string[]): Promise<TestPage> => {
  const page = new TestPage(running.monitor);
  await page.ready();
  page.send({ kind: 'watch', symbols });
  await page.until(() =>
    symbols.every((symbol) => page.market.of(symbol)?.book.status === 'verified'),
  );
  return page;
};

describe('a page', () => {
  it('has the books that the source has, price by price, at every sequence it is told', async () => {
    const symbols = ['BTC/USD', 'PEPE/USD'];
    await using running = await startMonitor({ symbols });
    await using page = await watching(running, ...symbols);
    for (const symbol of symbols) {
      const seen = new Set<number>();
      while (seen.size < 20) {
        const before = page.batches;
        await page.until(() => page.batches > before);
        seen.add(expectSameState(page, running, symbol));
      }
    }
    const { matched, checked } = page.market.status.value ?? {};
    expect(matched).toBe(checked);
  });

  it('is told of trades, candles and the book’s history', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    await using page = await watching(running, 'BTC/USD');
    page.send({ kind: 'candles', symbol: 'BTC/USD', interval: 5 });
    await page.until(() => {
      const { trades, columns } = page.market.of('BTC/USD') ?? {};
      return (
        page.market.candles.interval === 5 &&
        (trades?.trades.length ?? 0) > 50 &&
        (columns?.columns.length ?? 0) > 1
      );
    });
    const { trades, columns } = page.market.of('BTC/USD') ?? {};
    const [column] = columns?.columns ?? [];
    expect(column?.bids.ticks[0]).toBeLessThan(column?.asks.ticks[0] ?? 0);
    expect((column?.time ?? 1) % 500).toBe(0);
    expect(trades?.last?.priceNumber).toBeGreaterThan(0);
    expect(page.market.candles.all.length).toBeGreaterThan(1);
  });

  it('is told of a symbol that the source does not have, and goes on', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    await using page = await watching(running, 'BTC/USD');
    page.send({ kind: 'watch', symbols: ['NOPE/USD'] });
    await page.until(() => page.market.notice.value !== undefined);
    expect(page.market.notice.value).toMatch(/Sandbox has no NOPE\/USD/);
    page.send({ kind: 'ping', id: 3 });
    await page.until(() => page.records.some(isPong));
  });

  it('opens and closes another symbol of the source by watching it', async () => {
    await using running = await startMonitor({
      symbols: ['BTC/USD', 'ETH/USD'],
      open: ['BTC/USD'],
    });
    await using page = await watching(running, 'ETH/USD');
    const isOpen = (): boolean =>
      page.market.status.value?.symbols.some(
        ({ symbol }) => symbol === page.market.indexOf('ETH/USD'),
      ) === true;
    await page.until(isOpen);
    page.send({ kind: 'watch', symbols: ['BTC/USD'] });
    await page.until(() => !isOpen());
    expect(page.market.status.value?.symbols).toHaveLength(1);
  });

  it('that sends what no page sends is closed', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    for (const text of ['{', '{"kind":"watch"}', '{"kind":"steal","symbols":[]}', '"']) {
      await using page = new TestPage(running.monitor);
      await page.ready();
      page.socket.send(text);
      await page.until(() => page.socket.readyState >= page.socket.CLOSING);
      expect(page.socket.readyState).toBeGreaterThanOrEqual(page.socket.CLOSING);
    }
  });
});

const isPong = (record: TestPage['records'][number]): boolean =>
  record.type === 'control' && record.message.kind === 'pong';

const statuses = (page: TestPage): string[] =>
  page.records.flatMap((record) => (record.type === 'book' ? [record.status] : []));

const hasGapColumn = (page: TestPage, symbol: string): boolean =>
  page.market.of(symbol)?.columns.columns.some(({ isGap }) => isGap) === true;

describe('a checksum that fails', () => {
  it('turns the book at once and back after the resync, and is a gap', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD', 'ETH/USD'] });
    await using page = await watching(running, 'BTC/USD', 'ETH/USD');
    await page.until(() => (page.market.of('BTC/USD')?.columns.columns.length ?? 0) > 0);
    running.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'BTC/USD', channel: 'book' });
    await page.until(() => statuses(page).includes('resyncing'));
    await page.until(() => page.market.of('BTC/USD')?.book.status === 'verified');
    await page.until(() => hasGapColumn(page, 'BTC/USD'));
    expect(hasGapColumn(page, 'ETH/USD')).toBe(false);
    const [gap] = page.market.gapsOf('BTC/USD');
    expect(gap).toMatchObject({ reason: 'resync', channel: 'book', symbols: ['BTC/USD'] });
    await page.until(() => page.market.gapsOf('BTC/USD')[0]?.to !== undefined);
    expectSameState(page, running, 'BTC/USD');
    await page.until(() => (page.market.status.value?.checked ?? 0) > 0);
    const { checked = 0, matched = 0 } = page.market.status.value ?? {};
    expect(checked - matched).toBeLessThanOrEqual(1);
  });

  it(
    'again and again quarantines that symbol alone',
    async () => {
      const fault = {
        kind: 'corruptChecksum',
        symbol: 'BTC/USD',
        channel: 'book',
        times: 'always',
      };
      await using running = await startMonitor({ symbols: ['BTC/USD', 'ETH/USD'] });
      await using page = await watching(running, 'BTC/USD', 'ETH/USD');
      running.sandbox.faults.inject(fault as never);
      await page.until(() => page.market.status.value?.quarantined.includes('BTC/USD') === true);
      expect(page.market.of('BTC/USD')?.book.status).toBe('quarantined');
      expect(page.market.of('ETH/USD')?.book.status).toBe('verified');
    },
    BROKEN_MS,
  );
});

describe('a lost connection', () => {
  it(
    'is a gap of every symbol, and its books come back',
    async () => {
      await using running = await startMonitor({ symbols: ['BTC/USD', 'ETH/USD'] });
      await using page = await watching(running, 'BTC/USD', 'ETH/USD');
      await page.until(() => (page.market.of('ETH/USD')?.columns.columns.length ?? 0) > 0);
      running.sandbox.faults.inject({ kind: 'cut' });
      await page.until(() => statuses(page).includes('awaitingSnapshot'));
      for (const symbol of ['BTC/USD', 'ETH/USD']) {
        await page.until(() => page.market.of(symbol)?.book.status === 'verified');
        await page.until(() => hasGapColumn(page, symbol));
        const reasons = page.market.gapsOf(symbol).map(({ reason }) => reason);
        expect(reasons).toContain('disconnect');
      }
    },
    BROKEN_MS,
  );
});

describe('a page that falls behind', () => {
  it('is passed over, costs the others nothing, and then gets the book as it is', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    await using slow = new TestPage(running.monitor, false);
    await slow.ready();
    slow.send({ kind: 'watch', symbols: ['BTC/USD'] });
    await using quick = await watching(running, 'BTC/USD');
    await quick.until(() => running.monitor.stats.skipped > 20);
    const { batches } = slow;
    expect(batches).toBe(16);
    const snapshots = (): number =>
      slow.records.filter((record) => record.type === 'book' && record.isSnapshot).length;
    const before = snapshots();
    slow.acknowledges = true;
    slow.acknowledge();
    await slow.until(() => snapshots() > before);
    expectSameState(slow, running, 'BTC/USD');
    await slow.until(() => slow.batches > batches + 5);
    expectSameState(slow, running, 'BTC/USD');
  });
});
