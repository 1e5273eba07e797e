import { describe, expect, it } from 'vitest';
import type { GapMessage } from '../../protocol/control.ts';
import type { BookRecord, CandlesRecord, ColumnRow } from '../../protocol/records.ts';
import { BookStore } from './book-store.ts';
import { CandlesStore } from './candles-store.ts';
import { seriesOf } from './columns-store.ts';
import { ladderRows, spreadOf } from './ladder.ts';
import { MarketStore } from './market-store.ts';
import { searchInstruments } from './search.ts';
import { createSettings } from './settings-store.ts';
import { TradesStore } from './trades-store.ts';

const book = (changes: Partial<BookRecord>): BookRecord => ({
  type: 'book',
  symbol: 0,
  isSnapshot: false,
  status: 'verified',
  sequence: 1,
  checksum: 7,
  receivedAt: 0,
  pricePrecision: 1,
  quantityPrecision: 8,
  bids: { prices: [], quantities: [] },
  asks: { prices: [], quantities: [] },
  ...changes,
});

describe('a book', () => {
  it('is what the snapshot said, with the changes since', () => {
    const store = new BookStore(() => 0);
    const bids = { prices: [1005, 1000], quantities: [1, 2] };
    store.take(book({ isSnapshot: true, bids }));
    store.take(book({ sequence: 9, bids: { prices: [1005, 1002], quantities: [0, 5] } }));
    expect(store.bids).toEqual({ prices: [1002, 1000], quantities: [5, 2] });
    expect(store.sequence).toBe(9);
  });

  it('shows a fault long enough to be seen, also one that is over', () => {
    let now = 0;
    const store = new BookStore(() => now);
    store.take(book({ isSnapshot: true }));
    expect(store.shownStatus).toBe('verified');
    store.take(book({ status: 'resyncing' }));
    store.take(book({ status: 'verified' }));
    expect([store.status, store.shownStatus]).toEqual(['verified', 'resyncing']);
    now = 1499;
    expect(store.shownStatus).toBe('resyncing');
    now = 1500;
    expect(store.shownStatus).toBe('verified');
  });

  it('is no longer said to be verified when the line is down', () => {
    const store = new BookStore(() => 0);
    store.take(book({ isSnapshot: true }));
    store.lose();
    expect(store.shownStatus).toBe('awaitingSnapshot');
  });
});

describe('a ladder', () => {
  const asks = { prices: [101, 104, 105, 111], quantities: [1, 2, 3, 4] };

  it('has the levels as they are, and what stands up to each', () => {
    expect(ladderRows(asks, 'asks', 1, 3)).toEqual([
      { price: 101, quantity: 1, cumulative: 1 },
      { price: 104, quantity: 2, cumulative: 3 },
      { price: 105, quantity: 3, cumulative: 6 },
    ]);
  });

  it('groups asks upwards and bids downwards, whole groups only', () => {
    expect(ladderRows(asks, 'asks', 5, 2)).toEqual([
      { price: 105, quantity: 6, cumulative: 6 },
      { price: 115, quantity: 4, cumulative: 10 },
    ]);
    const bids = { prices: [111, 105, 104], quantities: [4, 3, 2 ** 53] };
    expect(ladderRows(bids, 'bids', 10, 9)).toEqual([
      { price: 110, quantity: 4, cumulative: 4 },
      { price: 100, quantity: 2n ** 53n + 3n, cumulative: 2n ** 53n + 7n },
    ]);
  });

  it('has no spread without both sides', () => {
    const empty = { prices: [], quantities: [] };
    expect(spreadOf(empty, asks, 1)).toBeUndefined();
    expect(spreadOf({ prices: [99], quantities: [1] }, asks, 1)?.bps).toBeCloseTo(200);
  });
});

const trade = (quantity: number) => ({ time: 1, price: 10, quantity, side: 'buy' as const });

describe('trades', () => {
  it('come newest first, at least of a size, and a snapshot stands in place of all', () => {
    const store = new TradesStore();
    const head = { type: 'trades' as const, symbol: 0, pricePrecision: 1, quantityPrecision: 0 };
    store.take({ ...head, isSnapshot: true, trades: [trade(5), trade(1)] });
    store.take({ ...head, isSnapshot: false, trades: [trade(7)] });
    expect(store.newest(9, 2).map(({ size }) => size)).toEqual([7, 5]);
    store.take({ ...head, isSnapshot: true, trades: [trade(2)] });
    expect(store.newest(9, 0)).toHaveLength(1);
  });
});

const record = (changes: Partial<CandlesRecord>, ...times: number[]): CandlesRecord => ({
  type: 'candles',
  symbol: 0,
  interval: 1,
  isSnapshot: false,
  pricePrecision: 0,
  quantityPrecision: 0,
  candles: times.map((time) => ({ time, open: 1, high: 1, low: 1, close: 1, volume: 1 })),
  ...changes,
});

describe('candles', () => {
  it('tell what changed, and that all is new after a snapshot or of another interval', () => {
    const store = new CandlesStore();
    store.take(record({ isSnapshot: true }, 0, 60_000));
    expect(store.takeChanges()).toBeUndefined();
    store.take(record({}, 60_000, 120_000));
    expect(store.takeChanges()?.map(({ time }) => time)).toEqual([60, 120]);
    expect(store.all).toHaveLength(3);
    store.take(record({ interval: 5 }, 0));
    expect(store.takeChanges()).toBeUndefined();
    expect(store.all).toHaveLength(1);
  });
});

const side = (ticks: number[], quantities: number[]) => ({
  ticks: Float64Array.from(ticks),
  quantities: Float32Array.from(quantities),
});

const column = (isGap: boolean): ColumnRow => ({
  time: 1000,
  isGap,
  bids: side([99], [3]),
  asks: side([101], [1]),
});

describe('a history', () => {
  it('has mid, spread and imbalance, and nothing where the book was not proved', () => {
    const { mid, spreadBps, imbalance } = seriesOf([column(false), column(true)], 1);
    expect(mid).toEqual([10, null]);
    expect(spreadBps[0]).toBeCloseTo(200);
    expect(imbalance).toEqual([0.5, null]);
  });
});

describe('gaps', () => {
  const gap: GapMessage = {
    kind: 'gap',
    reason: 'disconnect',
    channel: 'book',
    symbols: ['BTC/USD'],
    from: 1,
    to: undefined,
    detail: undefined,
  };

  it('that were open are closed by their second telling', () => {
    const store = new MarketStore(() => 0);
    const tell = (message: GapMessage): void =>
      store.takeBatch({ number: 1, records: [{ type: 'control', message }] });
    tell(gap);
    tell({ ...gap, symbols: ['ETH/USD'] });
    tell({ ...gap, to: 5 });
    expect(store.gaps.value.map(({ to }) => to)).toEqual([undefined, 5]);
    expect(store.gapsOf('BTC/USD')).toEqual([{ ...gap, to: 5 }]);
  });
});

const named = (symbol: string) => ({
  symbol,
  base: '',
  quote: '',
  pricePrecision: 1,
  quantityPrecision: 8,
  tickSize: '0.1',
  status: 'online',
});

describe('search', () => {
  it('takes parts of names in any case, the open ones first', () => {
    const all = ['ADA/USD', 'USD/CHF', 'BTC/USD', 'ETH/EUR'].map(named);
    const names = (query: string) =>
      searchInstruments(all, query, ['BTC/USD']).map(({ symbol }) => symbol);
    expect(names('usd')).toEqual(['BTC/USD', 'USD/CHF', 'ADA/USD']);
    expect(names('btcusd')).toEqual(['BTC/USD']);
    expect(names('xyz')).toEqual([]);
  });
});

const storageOf = (text: string | null) => {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, next: string) => (kept.text = next),
  };
};

describe('settings', () => {
  it('are kept', () => {
    const storage = storageOf(null);
    createSettings(storage, true).depth.value = 50;
    const again = createSettings(storage, false);
    expect([again.depth.value, again.theme.value]).toEqual([50, 'light']);
  });

  it.each(['not JSON', 'null', '{"depth":3,"theme":"pink","minSize":-1,"heatScale":"hot"}'])(
    'that make no sense are left out: %s',
    (text) => {
      const { depth, theme, minSize, heatScale } = createSettings(storageOf(text), false);
      const values = [depth.value, theme.value, minSize.value, heatScale.value];
      expect(values).toEqual([25, 'dark', 0, 0.5]);
    },
  );
});
