import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractsAt } from './contracts.ts';
import { applyFill, FLAT, type Position } from './position.ts';
import { entryMicroTicks, flowOf } from './worth.ts';

const contracts = contractsAt(1_784_000_000_000);
const contractOf = (symbol: string) => {
  const contract = contracts.find((each) => each.symbol === symbol);
  if (contract === undefined) throw new Error(symbol);
  return contract;
};
const linear = contractOf('PF_XBTUSD');
const inverse = contractOf('PI_XBTUSD');
const UNIT = 10n ** 10n;

function trade(contract: typeof linear, from: Position, lots: bigint, ticks: number) {
  return applyFill(from, lots, flowOf(contract, ticks, lots));
}

describe('a position', () => {
  it('of a linear contract earns the difference in USD', () => {
    const { position } = trade(linear, FLAT, 20_000n, 60_000);
    expect(entryMicroTicks(linear, position.lots, position.basis)).toBe(60_000_000_000n);
    const closed = trade(linear, position, -20_000n, 60_500);
    expect(closed).toEqual({ position: FLAT, realized: 1_000n * UNIT });
  });

  it('of an inverse contract earns the difference of 1 / price in the base', () => {
    const { position } = trade(inverse, FLAT, -100_000n, 500_000);
    expect(entryMicroTicks(inverse, position.lots, position.basis)).toBe(500_000_000_000n);
    const { realized } = trade(inverse, position, 100_000n, 400_000);
    expect(realized).toBe(UNIT / 2n);
  });

  it('averages what it adds, and keeps its average when it shrinks', () => {
    const first = trade(linear, FLAT, 10_000n, 60_000).position;
    const both = trade(linear, first, 10_000n, 61_000).position;
    expect(entryMicroTicks(linear, both.lots, both.basis)).toBe(60_500_000_000n);
    const { position, realized } = trade(linear, both, -5_000n, 60_500);
    expect([position.lots, realized]).toEqual([15_000n, 0n]);
    expect(entryMicroTicks(linear, position.lots, position.basis)).toBe(60_500_000_000n);
  });

  it('turns around in one fill: all of it is realized, and the rest opens at the price', () => {
    const long = trade(linear, FLAT, 10_000n, 60_000).position;
    const { position, realized } = trade(linear, long, -30_000n, 61_000);
    expect([position.lots, realized]).toEqual([-20_000n, 1_000n * UNIT]);
    expect(entryMicroTicks(linear, position.lots, position.basis)).toBe(61_000_000_000n);
  });

  it('changes money and basis together by the flow of each fill, whatever is rounded', () => {
    const fills = fc.array(
      fc.record({
        lots: fc.bigInt(-1_000_000n, 1_000_000n).filter((lots) => lots !== 0n),
        ticks: fc.integer({ min: 1, max: 2_000_000 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...contracts), fills, (contract, all) => {
        let position = FLAT;
        let money = 0n;
        let flows = 0n;
        for (const { lots, ticks } of all) {
          const flow = flowOf(contract, ticks, lots);
          expect(flowOf(contract, ticks, -lots)).toBe(-flow);
          const after = applyFill(position, lots, flow);
          money += after.realized;
          flows += flow;
          position = after.position;
          expect(money + position.basis).toBe(flows);
          expect(position.basis === 0n || position.lots !== 0n).toBe(true);
        }
        expect(position.lots).toBe(all.reduce((sum, { lots }) => sum + lots, 0n));
      }),
      { numRuns: 300 },
    );
  });
});
