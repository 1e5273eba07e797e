import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { createAttemptBudget } from '../connection/attempt-budget.ts';
import { Backoff } from '../connection/backoff.ts';
import { createRandom } from '../connection/random.ts';
import { spotV2 } from '../protocol/spot-v2.ts';
import { Pacer } from './pacer.ts';
import { requestsFor } from './subscribe-plan.ts';
import { parseIntent } from './subscription.ts';
import { SubscriptionEntry } from './subscription-entry.ts';

const draw = (seed: bigint): number[] => Array.from({ length: 1000 }, createRandom(seed));

const entriesOf = (channel: string, params: object, ...symbols: string[]): SubscriptionEntry[] => {
  const symbol = symbols.length === 0 ? undefined : symbols;
  const intent = parseIntent(spotV2, 'subscribe', { channel, symbol, ...params });
  return intent.targets.map((target) => new SubscriptionEntry(intent, target));
};
const shapes = (entries: readonly SubscriptionEntry[], maxSymbols = 50, maxCost = 200) =>
  requestsFor(entries, maxSymbols, maxCost).map((group) =>
    group.map(({ channel, symbol }) => `${channel} ${symbol ?? ''}`.trim()),
  );

describe('createAttemptBudget', () => {
  it('allows 120 attempts in any 600 seconds, for each host', async () => {
    const time = new ManualTime();
    const budget = createAttemptBudget({ clock: time });
    for (let attempt = 0; attempt < 120; attempt += 1) {
      expect(budget.take('a')).toBe(true);
      time.stall(1000);
    }
    expect(budget.take('a')).toBe(false);
    expect(budget.waitMs('a')).toBe(480_000);
    expect(budget.waitMs('b')).toBe(0);
    time.stall(479_999);
    expect(budget.take('a')).toBe(false);
    time.stall(1);
    expect(budget.take('a')).toBe(true);
    expect(budget.waitMs('a')).toBe(1000);
  });
});

describe('Backoff', () => {
  it('draws from all of a bound that doubles up to its maximum', () => {
    const draws = [0, 0.5, 0.999, 0.5, 0.5];
    const backoff = new Backoff({
      clock: new ManualTime(),
      random: () => draws.shift() ?? 0,
      initialMs: 100,
      maxMs: 800,
      stableMs: 60_000,
    });
    const delays = [1, 2, 3, 4, 5].map(() => backoff.failed());
    expect(delays).toStrictEqual([0, 100, 399.6, 400, 400]);
  });

  it('begins anew only after a connection that lasted', () => {
    const time = new ManualTime();
    const limits = { initialMs: 100, maxMs: 800, stableMs: 60_000 };
    const backoff = new Backoff({ clock: time, random: () => 1, ...limits });
    expect(backoff.failed()).toBe(100);
    backoff.opened();
    time.stall(59_999);
    expect(backoff.failed()).toBe(200);
    backoff.opened();
    time.stall(60_000);
    expect(backoff.failed()).toBe(100);
    expect(backoff.failed()).toBe(200);
  });
});

describe('createRandom', () => {
  it('gives numbers from 0 to below 1, the same for a seed', () => {
    const drawn = draw(7n);
    expect(drawn).toStrictEqual(draw(7n));
    expect(drawn).not.toStrictEqual(draw(8n));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(drawn.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe('Pacer', () => {
  it('grants in order, never more in a second than a full bucket and its refill', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }),
        async (costs) => {
          const time = new ManualTime();
          const pacer = new Pacer({ clock: time, timers: time, perSecond: 10 });
          const granted: { index: number; atMs: number; cost: number }[] = [];
          costs.forEach((cost, index) => {
            void pacer.turn(cost).then((isGranted) => {
              if (isGranted) granted.push({ index, atMs: time.nowMs, cost: Math.min(cost, 10) });
              return isGranted;
            });
          });
          await time.advance(100_000);
          expect(granted.map(({ index }) => index)).toStrictEqual(costs.map((_, index) => index));
          for (const { atMs: from } of granted) {
            const within = granted.filter(({ atMs }) => atMs >= from && atMs < from + 1000);
            expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(20);
          }
          const total = granted.reduce((sum, { cost }) => sum + cost, 0);
          const lastMs = granted.at(-1)?.atMs ?? 0;
          expect(lastMs).toBeGreaterThanOrEqual((total - 10) * 100 - 1);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds, and turns down whoever waits when it is cleared', async () => {
    const time = new ManualTime();
    const pacer = new Pacer({ clock: time, timers: time, perSecond: 10 });
    const granted: boolean[] = [];
    const ask = (): void => {
      void pacer.turn(5).then((isGranted) => granted.push(isGranted));
    };
    pacer.hold(1000);
    ask();
    ask();
    await time.advance(1499);
    expect(granted).toStrictEqual([]);
    await time.advance(1);
    expect(granted).toStrictEqual([true]);
    pacer.clear();
    await time.advance(0);
    expect(granted).toStrictEqual([true, false]);
    expect(time.armed).toBe(0);
  });
});

describe('what a subscription costs', () => {
  it.each([
    ['book', { depth: 1000 }, 1],
    ['level3', {}, 5],
    ['level3', { depth: 10 }, 5],
    ['level3', { depth: 100 }, 25],
    ['level3', { depth: 1000 }, 100],
    ['level3', { depth: 7 }, 100],
  ])('%s %j costs %i a symbol', (channel, params, cost) => {
    expect(spotV2.costOf(channel, { ...params })).toBe(cost);
  });
});

describe('requestsFor', () => {
  it('puts equal parameters together and channels without symbols first', () => {
    expect(
      shapes([
        ...entriesOf('book', { depth: 10 }, 'A', 'B'),
        ...entriesOf('trade', {}, 'A'),
        ...entriesOf('book', { depth: 25 }, 'C'),
        ...entriesOf('instrument', {}),
        ...entriesOf('book', { depth: 10 }, 'D'),
      ]),
    ).toStrictEqual([['instrument'], ['book A', 'book B', 'book D'], ['trade A'], ['book C']]);
  });

  it('keeps each request within its symbols and its cost', () => {
    const symbols = Array.from({ length: 5 }, (_, index) => `S${index}`);
    expect(shapes(entriesOf('book', {}, ...symbols), 2).map(({ length }) => length)).toStrictEqual([
      2, 2, 1,
    ]);
    expect(
      shapes(entriesOf('level3', { depth: 1000 }, ...symbols)).map(({ length }) => length),
    ).toStrictEqual([2, 2, 1]);
    expect(
      shapes(entriesOf('level3', { depth: 1000 }, 'A', 'B'), 50, 10).map(({ length }) => length),
    ).toStrictEqual([1, 1]);
  });

  it('asks alone for what is to be asked for alone', () => {
    const entries = entriesOf('book', {}, 'A', 'B', 'C', 'D');
    for (const index of [1, 2]) {
      const entry = entries[index];
      if (entry !== undefined) entry.alone = true;
    }
    expect(shapes(entries)).toStrictEqual([['book A', 'book D'], ['book B'], ['book C']]);
  });
});
