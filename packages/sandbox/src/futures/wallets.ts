import type { Account } from '../exchange/index.ts';
import type { FuturesClearing, HoldingState } from './clearing.ts';

/** A currency of the multi-collateral wallet, and what share of its value counts as margin, in millionths. */
interface FlexCurrency {
  readonly id: string;
  /** The pair whose index it is worth; `undefined`: a USD is a USD. */
  readonly pair: string | undefined;
  readonly collateralShare: bigint;
}

export const FLEX_CURRENCIES: readonly FlexCurrency[] = [
  { id: 'USD', pair: undefined, collateralShare: 1_000_000n },
  { id: 'XBT', pair: 'XBT:USD', collateralShare: 970_000n },
  { id: 'ETH', pair: 'ETH:USD', collateralShare: 950_000n },
];

/** All amounts in `MONEY_SCALE`; of the multi-collateral wallet in USD. */
export interface MarginState {
  readonly balanceValue: bigint;
  readonly collateralValue: bigint;
  readonly pnl: bigint;
  readonly funding: bigint;
  /** Balance, profits and funding together. */
  readonly portfolioValue: bigint;
  /** The same with collateral in place of the balance: what margin is taken from. */
  readonly equity: bigint;
  readonly initial: bigint;
  readonly initialWithOrders: bigint;
  readonly maintenance: bigint;
  readonly available: bigint;
  readonly states: readonly HoldingState[];
}

export interface CurrencyState {
  readonly currency: FlexCurrency;
  readonly quantity: bigint;
  readonly value: bigint;
  readonly collateral: bigint;
}

/** Wallets of one collateral: of the settlement currency of the inverse contracts that they are named after. */
export function singleWallets(clearing: FuturesClearing): ReadonlyMap<string, string> {
  return new Map(
    clearing.contracts
      .filter(({ kind }) => kind === 'inverse')
      .map(({ wallet, settlement }) => [wallet, settlement]),
  );
}

export function isFlex(wallet: string): boolean {
  return FLEX_CURRENCIES.some(({ id }) => id === wallet);
}

/** What an account has of each currency of its multi-collateral wallet, at the index. */
export function currencyStates(clearing: FuturesClearing, account: Account): CurrencyState[] {
  return FLEX_CURRENCIES.flatMap((currency) => {
    const quantity = account.balance(currency.id);
    if (quantity === 0n && currency.id !== 'USD') return [];
    const leader = clearing.contracts.find(({ pair }) => pair === currency.pair);
    const value =
      leader === undefined ? quantity : (quantity * clearing.prices.index(leader)) / 1_000_000n;
    const share = (value * currency.collateralShare) / 1_000_000n;
    return [{ currency, quantity, value, collateral: value > 0n ? share : value }];
  });
}

/** The numbers of one wallet: of the multi-collateral one for each of its currencies. */
export function marginState(
  clearing: FuturesClearing,
  account: Account,
  wallet: string,
  nowNs: bigint,
): MarginState {
  const flex = isFlex(wallet);
  const states = clearing.statesOf(account, nowNs, flex ? 'USD' : wallet);
  let balanceValue = 0n;
  let collateralValue = 0n;
  if (flex) {
    for (const { value, collateral } of currencyStates(clearing, account)) {
      balanceValue += value;
      collateralValue += collateral;
    }
  } else {
    balanceValue = account.balance(wallet);
    collateralValue = balanceValue;
  }
  const sum = (pick: (state: HoldingState) => bigint): bigint =>
    states.reduce((total, state) => total + pick(state), 0n);
  const pnl = sum((state) => state.pnl);
  const funding = sum((state) => state.funding);
  const initialWithOrders = sum((state) => state.initialWithOrders);
  const equity = collateralValue + pnl + funding;
  return {
    balanceValue,
    collateralValue,
    pnl,
    funding,
    portfolioValue: balanceValue + pnl + funding,
    equity,
    initial: sum((state) => state.initial),
    initialWithOrders,
    maintenance: sum((state) => state.maintenance),
    available: equity - initialWithOrders,
    states,
  };
}

/** What new orders of a wallet may bind. Funding that is under way is left out: no order waits for a time. */
export function availableOf(clearing: FuturesClearing, account: Account, wallet: string): bigint {
  return marginState(clearing, account, wallet, 0n).available;
}
