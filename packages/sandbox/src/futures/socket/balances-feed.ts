import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import { roundedText } from '../number-text.ts';
import { currencyStates, isFlex, marginState, singleWallets } from '../wallets.ts';
import { MONEY_SCALE, valueOf } from '../worth.ts';
import { feedFrame, milliseconds, quote, row } from './feed-frame.ts';

const REPEAT_NS = 1_000_000_000n;
const DECIMALS = 10;
const money = (amount: bigint): string => roundedText(amount, MONEY_SCALE, DECIMALS);

/** `balances`: both kinds of wallet at first, then the kind that changed. */
export class BalancesFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'balances';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  #seq = 0;
  #toldNs = 0n;

  constructor(desk: FuturesDesk, account: Account, subscriber: Subscriber) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
  }

  open(): void {
    const atNs = this.#desk.clock.wallNs();
    const sections = `"holding":{},"futures":${this.#single(atNs)},"flex_futures":${this.#flex(atNs)}`;
    this.#tell('balances_snapshot', sections, atNs);
  }

  publish({ log, reports, markets, atNs }: FuturesBatch): void {
    const kinds = new Set<boolean>();
    for (const { account, asset, isPosition } of log) {
      if (account === this.account && !isPosition) kinds.add(isFlex(asset));
    }
    // Orders bind margin, too.
    for (const { account, order } of reports) {
      if (account === this.account) kinds.add(isFlex(this.#walletOf(order.market)));
    }
    if (atNs - this.#toldNs >= REPEAT_NS) {
      for (const market of markets.keys()) {
        if (this.#desk.clearing.lotsOf(this.account, market) !== 0n) {
          kinds.add(isFlex(this.#walletOf(market)));
        }
      }
    }
    if (kinds.has(true)) this.#tell('balances', `"flex_futures":${this.#flex(atNs)}`, atNs);
    if (kinds.has(false)) this.#tell('balances', `"futures":${this.#single(atNs)}`, atNs);
  }

  #walletOf(market: Parameters<FuturesDesk['contractOf']>[0]): string {
    return this.#desk.contractOf(market).wallet;
  }

  #single(atNs: bigint): string {
    return row(singleFields(this.#desk, this.account, atNs));
  }

  #flex(atNs: bigint): string {
    return row(flexFields(this.#desk, this.account, atNs));
  }

  #tell(feed: 'balances' | 'balances_snapshot', sections: string, atNs: bigint): void {
    this.#toldNs = atNs;
    const text = `{"feed":"${feed}","account":"${this.#desk.uidOf(this.account)}",${sections},"timestamp":${milliseconds(atNs)},"seq":${this.#seq}}`;
    this.#seq += 1;
    this.subscriber.push(feedFrame(text, this.name, feed === 'balances' ? 'update' : 'snapshot'));
  }
}

/** The single-collateral wallets, an object each. */
export function singleFields(
  { clearing }: FuturesDesk,
  account: Account,
  atNs: bigint,
): Record<string, string> {
  const wallets: Record<string, string> = {};
  for (const [wallet, unit] of singleWallets(clearing)) {
    const state = marginState(clearing, account, wallet, atNs);
    const pair = clearing.contracts.find((contract) => contract.wallet === wallet)?.pair ?? '';
    wallets[`F-${pair}`] = row({
      name: quote(`F-${pair}`),
      pair: quote(pair.replace(':', '/')),
      unit: quote(unit),
      portfolio_value: money(state.portfolioValue),
      balance: money(state.balanceValue),
      maintenance_margin: money(state.maintenance),
      initial_margin: money(state.initialWithOrders),
      available: money(state.available),
      unrealized_funding: money(state.funding),
      pnl: money(state.pnl),
    });
  }
  return wallets;
}

/** The multi-collateral wallet. */
export function flexFields(
  { clearing }: FuturesDesk,
  account: Account,
  atNs: bigint,
): Record<string, string> {
  const state = marginState(clearing, account, 'USD', atNs);
  const currencies: Record<string, string> = {};
  for (const { currency, quantity, value, collateral } of currencyStates(clearing, account)) {
    currencies[currency.id] = row({
      quantity: money(quantity),
      value: money(value),
      collateral_value: money(collateral),
      available: money(quantity),
      haircut: roundedText(1_000_000n - currency.collateralShare, 6, 6),
      conversion_spread: currency.pair === undefined ? '0.0' : '0.0025',
    });
  }
  let exposure = 0n;
  for (const { contract, holding, markTicks } of state.states) {
    exposure += valueOf(contract, markTicks, holding.position.lots);
  }
  const shared = {
    balance_value: money(state.balanceValue),
    portfolio_value: money(state.portfolioValue),
    collateral_value: money(state.collateralValue),
    initial_margin: money(state.initialWithOrders),
    initial_margin_without_orders: money(state.initial),
    maintenance_margin: money(state.maintenance),
    pnl: money(state.pnl),
    unrealized_funding: money(state.funding),
    total_unrealized: money(state.pnl + state.funding),
    total_unrealized_as_margin: money(state.pnl + state.funding),
    margin_equity: money(state.equity),
    available_margin: money(state.available),
  };
  const leverage = state.equity > 0n ? (exposure * 10_000n) / state.equity : 0n;
  return {
    currencies: row(currencies),
    ...shared,
    isolated: '{}',
    cross: row({ ...shared, effective_leverage: roundedText(leverage, 4, 4) }),
  };
}
