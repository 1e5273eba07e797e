import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { HoldingState } from '../clearing.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import { numberText, roundedText } from '../number-text.ts';
import { microText } from '../ticker.ts';
import { marginState } from '../wallets.ts';
import { entryMicroTicks, MONEY_SCALE, valueOf } from '../worth.ts';
import { feedFrame, milliseconds, quote, row } from './feed-frame.ts';

/** Positions are told anew when they change, and at most so often when only their prices do. */
const REPEAT_NS = 1_000_000_000n;
const DECIMALS = 8;

/** `open_positions`: all of them, every time. */
export class PositionsFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'open_positions';
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
    this.#tell(this.#desk.clock.wallNs(), 'snapshot');
  }

  publish({ log, markets, atNs }: FuturesBatch): void {
    const changed = log.some(({ account, isPosition }) => isPosition && account === this.account);
    if (!changed && (atNs - this.#toldNs < REPEAT_NS || !this.#isHeld(markets.keys()))) return;
    this.#tell(atNs, 'update');
  }

  #isHeld(markets: Iterable<Parameters<FuturesDesk['contractOf']>[0]>): boolean {
    for (const market of markets) {
      if (this.#desk.clearing.lotsOf(this.account, market) !== 0n) return true;
    }
    return false;
  }

  #tell(atNs: bigint, type: 'snapshot' | 'update'): void {
    this.#toldNs = atNs;
    const states = this.#desk.clearing.statesOf(this.account, atNs);
    const rows = states
      .filter(({ holding }) => holding.position.lots !== 0n)
      .map((state) => this.#row(state, atNs));
    const text = `{"feed":"open_positions","account":"${this.#desk.uidOf(this.account)}","positions":[${rows.join(',')}],"seq":${this.#seq},"timestamp":${milliseconds(atNs)}}`;
    this.#seq += 1;
    this.subscriber.push(feedFrame(text, this.name, type));
  }

  #row(state: HoldingState, atNs: bigint): string {
    const { contract, holding, markTicks } = state;
    const { lots, basis } = holding.position;
    const { prices } = this.#desk.clearing;
    const { equity } = marginState(this.#desk.clearing, this.account, contract.wallet, atNs);
    const value = valueOf(contract, markTicks, lots);
    const money = (amount: bigint): string => roundedText(amount, MONEY_SCALE, DECIMALS);
    return row({
      instrument: quote(contract.symbol),
      balance: numberText(lots, contract.quantityPrecision),
      pnl: money(state.pnl),
      entry_price: roundedText(
        entryMicroTicks(contract, lots, basis),
        6 + contract.pricePrecision,
        DECIMALS,
      ),
      mark_price: microText(prices.mark(contract), contract.pricePrecision + 2),
      index_price: microText(prices.index(contract), 2),
      liquidation_threshold: liquidationText(state, equity),
      effective_leverage: equity > 0n ? numberText((value * 10_000n) / equity, 4) : '0.0',
      return_on_equity:
        state.initial > 0n ? numberText((state.pnl * 1_000_000n) / state.initial, 4) : '0.0',
      unrealized_funding: money(state.funding),
      initial_margin: money(state.initial),
      initial_margin_with_orders: money(state.initialWithOrders),
      maintenance_margin: money(state.maintenance),
      pnl_currency: quote(contract.settlement),
    });
  }
}

/** The mark price at which the wallet's equity would be down to the maintenance margin, about. */
function liquidationText(
  { contract, holding, markTicks, maintenance }: HoldingState,
  equity: bigint,
): string {
  const { lots } = holding.position;
  const value = valueOf(contract, markTicks, lots);
  if (value === 0n) return '0.0';
  const share = ((equity - maintenance) * 1_000_000n) / value;
  const factor = lots > 0n ? 1_000_000n - share : 1_000_000n + share;
  const ticks = (BigInt(markTicks) * factor) / 1_000_000n;
  return numberText(ticks > 0n ? ticks : 0n, contract.pricePrecision);
}
