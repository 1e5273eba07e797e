import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecayingCounter, createWindowCounter } from './rate-counter.ts';

describe('the counters', () => {
  it('decaying: never above the maximum, and no later than needed', () => {
    const costs = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 })),
    );
    fc.assert(
      fc.property(costs, (calls) => {
        const counter = createDecayingCounter('x', 20, 0.5);
        let value = 0;
        let asOfS = 0;
        let nowS = 0;
        for (const [cost, pauseS] of calls) {
          nowS += pauseS;
          const atS = counter.earliest(cost, nowS, nowS);
          expect(counter.fits(cost, atS)).toBe(true);
          counter.charge(cost, atS);
          value = Math.max(0, value - (atS - asOfS) * 0.5) + cost;
          asOfS = atS;
          expect(value).toBeLessThanOrEqual(20 + 1e-6);
          // Whoever had to wait found a counter that his cost fills to the brim.
          expect(atS === nowS || Math.abs(value - 20) < 1e-6).toBe(true);
          nowS = atS;
        }
      }),
    );
  });

  it.each([
    ['decaying', () => createDecayingCounter('x', 20, 0.5)],
    ['window', () => createWindowCounter('x', 20, 10)],
  ] as const)('%s: a place that was given back is as if it had never been taken', (_, create) => {
    const costs = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 }), fc.boolean()),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(costs, (calls) => {
        const tried = create();
        const plain = create();
        let nowS = 0;
        for (const [cost, pauseS, isKept] of calls) {
          nowS += pauseS;
          const atS = tried.earliest(cost, nowS, nowS);
          const place = tried.hold(cost, atS);
          expect(plain.earliest(cost, nowS, nowS)).toBeCloseTo(atS, 6);
          if (isKept) plain.hold(cost, plain.earliest(cost, nowS, nowS));
          else tried.cancel(place);
        }
      }),
    );
  });

  it('window: never more than the budget in any window', () => {
    const costs = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 4 })),
    );
    fc.assert(
      fc.property(costs, (calls) => {
        const counter = createWindowCounter('x', 500, 10);
        const spent: [number, number][] = [];
        let nowS = 0;
        for (const [cost, pauseS] of calls) {
          nowS += pauseS;
          nowS = counter.earliest(cost, nowS, nowS);
          expect(counter.fits(cost, nowS)).toBe(true);
          counter.charge(cost, nowS);
          spent.push([nowS, cost]);
          const live = spent.filter(([atS]) => atS > nowS - 10);
          expect(live.reduce((sum, [, each]) => sum + each, 0)).toBeLessThanOrEqual(500);
        }
      }),
    );
  });
});
