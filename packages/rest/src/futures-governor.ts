import {
  createGovernor,
  type GovernedCall,
  type GovernorOptions,
  type RateGovernor,
} from './governor.ts';
import { createWindowCounter } from './rate-counter.ts';

export interface FuturesLimits {
  /** Of `/derivatives`. */
  readonly derivatives: { readonly max: number; readonly windowS: number };
  /** Of `/api/history`. */
  readonly history: { readonly max: number; readonly windowS: number };
  /** By endpoint; what is not in it costs 1. */
  readonly costs: Readonly<Record<string, number>>;
}

/** https://docs.kraken.com/api/docs/guides/futures-rate-limits */
export const futuresLimits: FuturesLimits = {
  derivatives: { max: 500, windowS: 10 },
  history: { max: 100, windowS: 600 },
  costs: {
    sendOrder: 10,
    editOrder: 10,
    cancelOrder: 10,
    cancelAllOrders: 25,
    cancelAllOrdersAfter: 25,
    accounts: 2,
    openPositions: 2,
    openOrders: 2,
    ordersStatus: 1,
    withdrawal: 100,
    unwindQueue: 200,
    leveragePreferences: 2,
    setLeveragePreference: 10,
    pnlPreferences: 2,
    setPnlPreference: 10,
    transfer: 10,
    subaccountTransfer: 10,
    subaccountTradingEnabled: 2,
    setSubaccountTradingEnabled: 2,
    selfTradeStrategy: 2,
    setSelfTradeStrategy: 2,
    accountLogCsv: 6,
  },
};

export interface FuturesGovernorOptions extends GovernorOptions {
  /** @defaultValue {@link futuresLimits} */
  readonly limits?: FuturesLimits | undefined;
}

const HISTORY = new Set([
  'executionHistory',
  'orderHistory',
  'triggerHistory',
  'positionHistory',
  'accountLog',
  'accountLogCsv',
]);

/** Futures' two budgets. Public calls cost nothing. */
export function createFuturesGovernor(options: FuturesGovernorOptions): RateGovernor {
  const limits = options.limits ?? futuresLimits;
  const derivatives = createWindowCounter(
    'derivatives',
    limits.derivatives.max,
    limits.derivatives.windowS,
  );
  const history = createWindowCounter('history', limits.history.max, limits.history.windowS);
  const chargesOf = (call: GovernedCall) => {
    if (call.access === 'public') return [];
    const counter = HISTORY.has(call.name) ? history : derivatives;
    const cost = costOf(call, limits);
    return [{ counter, costAt: () => cost, cheaperAfter: () => undefined }];
  };
  return createGovernor(
    {
      chargesOf,
      succeeded: () => {},
      failed: (call, error, nowS) => {
        const isFull = error.context.errors.some(({ raw }) => raw === 'apiLimitExceeded');
        if (isFull) for (const { counter } of chargesOf(call)) counter.fill(nowS);
        return {};
      },
      counters: [derivatives, history],
    },
    options,
  );
}

function costOf({ name, params }: GovernedCall, { costs }: FuturesLimits): number {
  if (name === 'batchOrder') return 9 + batchSize(params['json']);
  if (name === 'fills') return params['lastFillTime'] === undefined ? 2 : 25;
  if (name === 'accountLog') return accountLogCost(Number(params['count'] ?? 500));
  return costs[name] ?? 1;
}

function batchSize(json: unknown): number {
  const { batchOrder } = (json ?? {}) as { batchOrder?: unknown };
  return Array.isArray(batchOrder) ? batchOrder.length : 1;
}

function accountLogCost(count: number): number {
  if (count <= 25) return 1;
  if (count <= 50) return 2;
  if (count <= 1000) return 3;
  return count <= 5000 ? 6 : 10;
}
