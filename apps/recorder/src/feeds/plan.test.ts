import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePlans, expandFeeds, feedsOf, type PlannedFeed, planFeeds } from './plan.ts';

const keys = (plan: readonly PlannedFeed[]): string[] => plan.map(({ key }) => key).toSorted();

const feed = fc.record(
  {
    channel: fc.constantFrom('book', 'trade', 'ohlc', 'instrument'),
    symbol: fc.array(fc.constantFrom('A/B', 'C/D', 'E/F', 'G/H'), { minLength: 1 }),
    depth: fc.constantFrom(10, 100),
    interval: fc.constantFrom(1, 5),
  },
  { requiredKeys: ['channel'] },
);
const feeds = fc.array(feed, { maxLength: 8 });

describe('planFeeds', () => {
  it('is one subscription for each channel, symbol, and depth or interval, each once', () => {
    const plan = planFeeds([
      { channel: 'instrument' },
      { channel: 'book', symbol: ['A/B', 'C/D'], depth: 10 },
      { channel: 'book', symbol: ['A/B'], depth: 100 },
      { channel: 'book', depth: 10, symbol: ['A/B', 'A/B'] },
      { channel: 'trade', symbol: ['A/B'], depth: undefined },
    ]);
    expect(plan.map(({ channel, symbol, parameters }) => [channel, symbol, parameters])).toEqual([
      ['instrument', undefined, {}],
      ['book', 'A/B', { depth: 10 }],
      ['book', 'C/D', { depth: 10 }],
      ['book', 'A/B', { depth: 100 }],
      ['trade', 'A/B', {}],
    ]);
  });

  it('comes back from its own summary', () => {
    fc.assert(
      fc.property(feeds, (asked) => {
        const plan = planFeeds(asked);
        expect(keys(planFeeds(feedsOf(plan)))).toEqual(keys(plan));
      }),
    );
  });
});

describe('comparePlans', () => {
  it('leads from any plan to any other, and never touches what is in both', () => {
    fc.assert(
      fc.property(feeds, feeds, (before, after) => {
        const [from, to] = [planFeeds(before), planFeeds(after)];
        const { added, removed } = comparePlans(from, to);
        const gone = new Set(keys(removed));
        const kept = from.filter(({ key }) => !gone.has(key));
        expect(keys([...kept, ...added])).toEqual(keys(to));
        const untouched = keys(from).filter((key) => keys(to).includes(key));
        expect([...keys(added), ...keys(removed)].filter((k) => untouched.includes(k))).toEqual([]);
      }),
    );
  });
});

describe('expandFeeds', () => {
  it('makes each depth and interval a feed, of the chosen symbols or of its own', () => {
    const known = ['A/EUR', 'A/USD', 'B/USD'];
    const expanded = expandFeeds(
      [
        { channel: 'instrument' },
        { channel: 'book', depth: [10, 100] },
        { channel: 'ohlc', interval: [1, 60], symbols: ['*/USD', 'X/Y'] },
        { channel: 'ticker', event_trigger: 'bbo' },
        { channel: 'balances' },
      ],
      ['A/EUR'],
      known,
    );
    const own = ['X/Y', 'A/USD', 'B/USD'];
    expect(expanded).toEqual([
      { channel: 'instrument' },
      { channel: 'book', depth: 10, symbol: ['A/EUR'] },
      { channel: 'book', depth: 100, symbol: ['A/EUR'] },
      { channel: 'ohlc', interval: 1, symbol: own },
      { channel: 'ohlc', interval: 60, symbol: own },
      { channel: 'ticker', event_trigger: 'bbo', symbol: ['A/EUR'] },
      { channel: 'balances' },
    ]);
  });
});
