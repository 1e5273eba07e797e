import {
  type Charge,
  createGovernor,
  type GovernedCall,
  type GovernorOptions,
  type GovernorRules,
  type RateGovernor,
} from './governor.ts';
import { OrderAges } from './order-ages.ts';
import type { PairTable } from './pair-names.ts';
import type { Params } from './params.ts';
import { createDecayingCounter, type RateCounter } from './rate-counter.ts';
import type { SpotLimits } from './spot-limits.ts';
import { type AgedAction, agedCost, nextCheaperAge } from './trading-cost.ts';

export interface SpotGovernorOptions extends GovernorOptions {
  readonly limits: SpotLimits;
  /**
   * Kraken counts by pair, whatever it is called; without a table, calls that name one pair `XBTUSD`
   * here and `XXBTZUSD` there are counted apart.
   */
  readonly symbols?: PairTable | undefined;
}

const HISTORY = new Set([
  'Ledgers',
  'QueryLedgers',
  'TradesHistory',
  'QueryTrades',
  'ClosedOrders',
]);

/**
 * Spot's limits: the counter of private calls, one of the trading engine for each pair, one a second
 * for public calls of a pair. Orders placed through other clients or sockets are not seen here.
 */
export function createSpotGovernor(options: SpotGovernorOptions): RateGovernor {
  return createGovernor(createSpotRules(options), options);
}

function createSpotRules({ limits, symbols }: SpotGovernorOptions): GovernorRules {
  const { rest, trading, headroom, publicPerSecond } = limits;
  const ages = new OrderAges();
  const restCounter = createDecayingCounter('rest', rest.max - headroom, rest.decayPerSecond);
  const pairs = new Map<string, RateCounter>();
  const publicCounters = new Map<string, RateCounter>();

  const pairOf = ({ pair }: Params): string => {
    const given = textOf(pair);
    return symbols?.pair(given)?.altname ?? given;
  };
  const pairCounter = (pair: string): RateCounter =>
    obtain(pairs, pair, () =>
      createDecayingCounter(`trading ${pair}`, trading.max - headroom, trading.decayPerSecond),
    );
  const publicCounter = (key: string): RateCounter => {
    if (publicCounters.size > 1000) publicCounters.clear();
    return obtain(publicCounters, key, () =>
      createDecayingCounter(`public ${key}`, 1, publicPerSecond),
    );
  };

  const aged = (action: AgedAction, ids: readonly string[], pair = ''): Charge[] => {
    const byPair = new Map<string, string[]>();
    for (const id of ids) obtain(byPair, ages.get(id)?.pair ?? pair, () => []).push(id);
    return [...byPair].map(([name, group]) => ({
      counter: pairCounter(name),
      costAt: (timeS) =>
        group.reduce((sum, id) => sum + agedCost(action, ageOf(ages, id, timeS)), 0),
      cheaperAfter: (timeS) => {
        const times = group.flatMap((id) => {
          const age = ageOf(ages, id, timeS);
          const next = nextCheaperAge(action, age);
          return next === undefined || age === undefined ? [] : [timeS + next - age];
        });
        return times.length === 0 ? undefined : Math.min(...times);
      },
    }));
  };

  const chargesOf = ({ name, access, params }: GovernedCall): readonly Charge[] => {
    if (access === 'public') return [flat(publicCounter(`${name} ${pairOf(params)}`), 1)];
    const pair = pairOf(params);
    switch (name) {
      case 'AddOrder':
        return [flat(pairCounter(pair), 1)];
      case 'AddOrderBatch':
        return [flat(pairCounter(pair), listOf(params['orders']).length / 2)];
      case 'AmendOrder':
        return aged('amend', idsOf(params), pair);
      case 'EditOrder':
        return aged('edit', idsOf(params), pair);
      case 'CancelOrder':
        return aged('cancel', idsOf(params), pair);
      case 'CancelOrderBatch':
        return aged('cancel', batchIdsOf(params), pair);
      case 'CancelAll':
        // Kraken's SDK counts one for each pair that has orders.
        return [...pairs.values()].map((counter) => flat(counter, 1));
      case 'CancelAllOrdersAfter':
        return [];
      default:
        return [flat(restCounter, HISTORY.has(name) ? limits.historyCost : 1)];
    }
  };

  return {
    chargesOf,
    succeeded: (call, result, nowS) => {
      learnAges(ages, call, pairOf(call.params), result, nowS);
    },
    failed: (call, error, nowS, wallS) => {
      for (const { raw, retryAt } of error.context.errors) {
        if (/Temporary lockout/.test(raw)) return { lockedUntilS: nowS + limits.lockoutMs / 1000 };
        if (retryAt !== undefined) return { blockedUntilS: nowS + Math.max(0, retryAt - wallS) };
        if (/Domain rate limit/i.test(raw)) for (const each of pairs.values()) each.fill(nowS);
        else if (/rate limit exceeded|too many requests/i.test(raw)) {
          for (const { counter } of chargesOf(call)) counter.fill(nowS);
        }
      }
      return {};
    },
    get counters() {
      return [restCounter, ...pairs.values()];
    },
  };
}

function flat(counter: RateCounter, cost: number): Charge {
  return { counter, costAt: () => cost, cheaperAfter: () => undefined };
}

function obtain<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function ageOf(ages: OrderAges, id: string, timeS: number): number | undefined {
  const sinceS = ages.get(id)?.sinceS;
  return sinceS === undefined ? undefined : timeS - sinceS;
}

function learnAges(
  ages: OrderAges,
  { name, params }: GovernedCall,
  pair: string,
  result: unknown,
  nowS: number,
) {
  if (name === 'AddOrder') {
    const ids = listOf((result as { txid?: unknown }).txid).map(textOf);
    ages.set([...ids, textOf(params['cl_ord_id'])], { pair, sinceS: nowS });
  } else if (name === 'AddOrderBatch') {
    const rows = listOf((result as { orders?: unknown }).orders);
    const entries = listOf(params['orders']);
    for (const [index, row] of rows.entries()) {
      const { txid } = row as { txid?: unknown };
      const { cl_ord_id: clientOrderId } = (entries[index] ?? {}) as { cl_ord_id?: unknown };
      if (txid !== undefined) {
        ages.set([textOf(txid), textOf(clientOrderId)], { pair, sinceS: nowS });
      }
    }
  } else if (name === 'AmendOrder') {
    for (const id of idsOf(params)) ages.amended(id, pair, nowS);
  } else if (name === 'EditOrder') {
    ages.set([textOf((result as { txid?: unknown }).txid)], { pair, sinceS: nowS });
  }
}

function idsOf(params: Params): string[] {
  const id = params['txid'] ?? params['cl_ord_id'];
  return id === undefined ? [] : [textOf(id)];
}

function batchIdsOf(params: Params): string[] {
  return [...listOf(params['orders']), ...listOf(params['cl_ord_ids'])].map((row) => {
    if (typeof row !== 'object' || row === null) return textOf(row);
    return textOf(Object.values(row)[0]);
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
