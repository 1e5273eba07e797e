import { Account } from './account.ts';
import { type AmendRequest, amendOrder, requeue } from './amend.ts';
import { assemble, type Parts } from './assemble.ts';
import { type OrderRequest, scaled } from './draft.ts';
import { type Edited, editOrder } from './edit.ts';
import type { Trade } from './events.ts';
import { type Funds, fundsOf } from './funds-report.ts';
import { type HouseTerms, houseOrder } from './house.ts';
import type { ExchangeAsset, TradingState } from './instrument.ts';
import type { MarginClearing } from './margin/margin-clearing.ts';
import type { Market } from './market.ts';
import type { ExchangeOptions } from './options.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import { type Amend, isOpen, type Order } from './types.ts';

/**
 * All markets and accounts. Pure: the time comes with each call, and may not run backwards between
 * them. Every call first does what fell due before it.
 */
export class Exchange {
  readonly markets: ReadonlyMap<string, Market>;
  readonly assets: readonly ExchangeAsset[];
  /** Decimals in which an asset's amounts are accounted. */
  readonly scales: ReadonlyMap<string, number>;
  readonly accounts: Map<string, Account> = new Map();
  /** Positions of Spot on margin. */
  readonly margin: MarginClearing;
  readonly #options: ExchangeOptions;
  readonly #parts: Parts;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.assets = options.assets;
    const parts = assemble(options);
    this.markets = parts.markets;
    this.scales = parts.scales;
    this.margin = parts.margin;
    this.#parts = parts;
  }

  /** What the exchange took in fees, by asset. */
  get income(): ReadonlyMap<string, bigint> {
    return this.#parts.books.income;
  }

  /** What was ever put into accounts, by asset. */
  get deposits(): ReadonlyMap<string, bigint> {
    return this.#parts.books.deposits;
  }

  /** Where the money is, by asset. */
  get funds(): ReadonlyMap<string, Funds> {
    return fundsOf(this);
  }

  /** When {@link Exchange.advance} has something to do, `undefined`: nothing waits for a time. */
  get nextDueNs(): bigint | undefined {
    return this.#parts.due.nextNs;
  }

  /** Opens an account with these balances, decimal texts by asset. */
  openAccount(
    id: string,
    balances: Readonly<Record<string, string>>,
    nowNs: bigint,
    isHouse = false,
  ): Account {
    const account = new Account(id, isHouse, this.#options.history);
    this.accounts.set(id, account);
    for (const [asset, text] of Object.entries(balances)) {
      const amount = scaled(text, this.scales.get(asset) ?? 0);
      if (amount === undefined || amount < 0n || !this.scales.has(asset)) {
        throw new RangeError(
          `account ${id}: ${text} ${asset} is no balance of an asset that is traded here`,
        );
      }
      this.#parts.books.deposit(account, asset, amount, nowNs);
    }
    this.#parts.journal.flush(nowNs);
    return account;
  }

  /** Does what fell due: expiries, scheduled orders, dead man's switches. */
  advance(nowNs: bigint): void {
    for (
      let entry = this.#parts.due.take(nowNs);
      entry !== undefined;
      entry = this.#parts.due.take(nowNs)
    ) {
      entry.act();
      this.commit(entry.atNs);
    }
  }

  /** Checks the terms of an order as {@link Exchange.add} does, and does nothing: what it would be. Funds are the engine's. */
  validate(account: Account, request: OrderRequest, nowNs: bigint): Order | Refusal {
    this.advance(nowNs);
    return this.#parts.entrance.prepare(account, request, nowNs);
  }

  /** Places an order; it may be filled, or over, when this returns. */
  add(account: Account, request: OrderRequest, nowNs: bigint): Order | Refusal {
    this.advance(nowNs);
    const order = this.#parts.entrance.prepare(account, request, nowNs);
    if (order instanceof Refusal) return order;
    const refused = this.#parts.entrance.holdFunds(order);
    if (refused !== undefined) return refused;
    this.#parts.entrance.enter(order, nowNs);
    this.commit(nowNs);
    return order;
  }

  /** Why a batch would be refused whole; what would trade against its post-only terms is refused by itself. */
  checkBatch(
    account: Account,
    requests: readonly OrderRequest[],
    nowNs: bigint,
  ): Refusal | undefined {
    this.advance(nowNs);
    for (const request of requests) {
      const checked = this.#parts.entrance.prepare(account, request, nowNs);
      if (checked instanceof Refusal && checked.error !== REFUSALS.postOnly) return checked;
    }
    return undefined;
  }

  /** All or none are admitted; what the funds do not suffice for is refused by itself. */
  addBatch(
    account: Account,
    requests: readonly OrderRequest[],
    nowNs: bigint,
  ): readonly (Order | Refusal)[] | Refusal {
    const refused = this.checkBatch(account, requests, nowNs);
    if (refused !== undefined) return refused;
    return requests.map((request) => this.add(account, request, nowNs));
  }

  amend(
    account: Account,
    id: string,
    request: AmendRequest,
    nowNs: bigint,
  ): { readonly order: Order; readonly amend: Amend } | Refusal {
    this.advance(nowNs);
    const order = this.#open(account, id);
    if (order instanceof Refusal) return order;
    const { lots, limitTicks, displayLots } = order;
    const before = { lots, limitTicks, displayLots };
    const amendId = this.#parts.ids.next('T');
    const amend = amendOrder(order, request, { matching: this.#parts.matching, nowNs, amendId });
    if (amend instanceof Refusal) return amend;
    if (isOpen(order)) {
      this.#parts.journal.report(order, 'amended', nowNs, { amend });
      order.reason = undefined;
      requeue(order, before, this.#parts.matching, nowNs);
    }
    this.commit(nowNs);
    return { order, amend };
  }

  /**
   * Cancels an order and places another: the old terms where the request has none. Its quantity is
   * the new order's own, and may not be below what was executed of the old one. `validates`: its
   * terms are checked, and nothing is done.
   */
  edit(
    account: Account,
    id: string,
    change: (order: Order) => OrderRequest,
    nowNs: bigint,
    validates = false,
  ): Edited | Refusal {
    this.advance(nowNs);
    const original = this.#open(account, id);
    if (original instanceof Refusal) return original;
    const edited = editOrder(original, change, {
      entrance: this.#parts.entrance,
      nowNs,
      matching: this.#parts.matching,
      validates,
    });
    if (!(edited instanceof Refusal || validates)) this.commit(nowNs);
    return edited;
  }

  /** Cancels one order by the exchange's id or the client's. */
  cancel(account: Account, id: string, nowNs: bigint): Order | Refusal {
    this.advance(nowNs);
    const order = this.#open(account, id);
    if (order instanceof Refusal) return order;
    if (order.market.state === 'maintenance') return new Refusal(REFUSALS.unavailable);
    this.#parts.matching.end(order, 'canceled', REASONS.user, nowNs);
    this.commit(nowNs);
    return order;
  }

  /**
   * Cancels all open orders of an account that pass, the oldest first; answers how many. Orders of
   * markets in maintenance stay; refused when there are no others, or everything is in maintenance.
   */
  cancelAll(
    account: Account,
    nowNs: bigint,
    passes: (order: Order) => boolean = () => true,
  ): number | Refusal {
    this.advance(nowNs);
    const said = this.#parts.cancels.all(account, nowNs, REASONS.user, passes);
    this.commit(nowNs);
    return said;
  }

  /**
   * Arms the dead man's switch of an account, or with 0 seconds disarms it; answers when it strikes.
   * One that comes due in maintenance cancels when the market is back.
   */
  cancelAllAfter(account: Account, seconds: number, nowNs: bigint): bigint | undefined | Refusal {
    this.advance(nowNs);
    return this.#parts.cancels.after(account, seconds, nowNs);
  }

  /** Changes what may be done in a market, or in all of them. */
  setState(state: TradingState, nowNs: bigint, symbol?: string): void {
    this.advance(nowNs);
    for (const market of this.markets.values()) {
      if (symbol !== undefined && market.instrument.symbol !== symbol) continue;
      if (market.state === state) continue;
      market.state = state;
      this.#parts.journal.state(market);
    }
    this.#parts.cancels.resume(nowNs);
    this.commit(nowNs);
  }

  /** A limit or (without a price) market order of a house account: no funds, no history, no reports. */
  quote(account: Account, terms: HouseTerms, nowNs: bigint): Order {
    const made = {
      id: terms.id ?? this.#parts.ids.next('O'),
      entry: this.#parts.entrance.nextEntry(),
      nowNs,
    };
    const order = houseOrder(account, terms, made);
    this.#parts.matching.trade(order, nowNs);
    return order;
  }

  /** Lets an order of a house account stand with so many lots, at its place in the queue. */
  resize(order: Order, lots: bigint): void {
    order.lots = order.filledLots + lots;
    this.#parts.matching.resize(order, lots);
  }

  /** Tells of a trade that happened elsewhere: it is the market's last price, and nobody's fill. */
  tell(market: Market, trade: Pick<Trade, 'side' | 'ticks' | 'lots'>, nowNs: bigint): void {
    market.tradeId += 1;
    market.lastTicks = trade.ticks;
    const id = market.tradeId;
    this.#parts.journal.trade(market, { ...trade, id, orderType: 'limit', atNs: nowNs });
  }

  /** Takes back an order of a house account. */
  withdraw(order: Order, nowNs: bigint): void {
    this.#parts.matching.end(order, 'canceled', undefined, nowNs);
  }

  /** Traded by an account in 30 days, in whole units of the market's quote currency. */
  volumeOf(account: Account, nowNs: bigint): number {
    return account.recentVolume(nowNs);
  }

  #open(account: Account, id: string): Order | Refusal {
    const order = account.find(id);
    return order === undefined || !isOpen(order) ? new Refusal(REFUSALS.unknownOrder) : order;
  }

  /**
   * Does what follows from an operation (closes of fills, triggers of prices) until nothing does, then
   * publishes all of it as one batch. Called from outside after {@link Exchange.quote} and
   * {@link Exchange.withdraw} alone.
   */
  commit(nowNs: bigint): void {
    const { journal, watch } = this.#parts;
    this.#follow(nowNs);
    if (watch.liquidate((market) => journal.isTouched(market), nowNs)) this.#follow(nowNs);
    watch.uncover(nowNs);
    journal.flush(nowNs);
  }

  #follow(nowNs: bigint): void {
    const { matching, entrance, triggers, journal } = this.#parts;
    for (;;) {
      const fill = matching.toClose.shift();
      if (fill !== undefined) entrance.placeClose(fill, nowNs);
      else if (!triggers.fire(journal.markets, nowNs)) break;
    }
  }
}
