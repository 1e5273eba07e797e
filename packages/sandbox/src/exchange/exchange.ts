import { Account } from './account.ts';
import { type Admitted, admit } from './admission.ts';
import { type AmendRequest, amendOrder, requeue } from './amend.ts';
import type { Clearing } from './clearing.ts';
import { createOrder, createTrigger, type OrderRequest, type OrderTerms, scaled } from './draft.ts';
import { DueQueue } from './due.ts';
import type { Batch } from './events.ts';
import { type FeeRates, type FeeTier, KRAKEN_FEES, tierOf } from './fees.ts';
import { affordableLots, requiredHold, reserve } from './funds.ts';
import { IdSource, type Ids } from './ids.ts';
import {
  accountingScales,
  type ExchangeAsset,
  type ExchangeInstrument,
  type TradingState,
} from './instrument.ts';
import { Journal } from './journal.ts';
import { Market } from './market.ts';
import { Matching, type ToClose } from './matching.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import { Settlement } from './settlement.ts';
import { resolvePrice } from './trigger.ts';
import { Triggers } from './triggers.ts';
import { type Amend, isOpen, isTriggered, type Order, remainingLots, type Side } from './types.ts';
import { walk } from './walk.ts';

export interface ExchangeOptions {
  readonly instruments: readonly ExchangeInstrument[];
  readonly assets: readonly ExchangeAsset[];
  /** Is given what each operation did, once it is over. */
  readonly publish: (batch: Batch) => void;
  /** Makes the ids of orders, trades and ledger entries; other salts make other ids. */
  readonly salt?: number | undefined;
  /** Makes them in another form. */
  readonly ids?: Ids | undefined;
  /** Of markets in contracts; default: all are Spot's. */
  readonly clearing?: Clearing | undefined;
  /** @defaultValue {@link KRAKEN_FEES} */
  readonly fees?: readonly FeeTier[] | undefined;
  /** Of one account in one market; default 225, a Pro account's. */
  readonly maxOpenOrders?: number | undefined;
  /** The trade id before a market's first trade; default 0. */
  readonly firstTradeId?: ((symbol: string) => number) | undefined;
}

/** What an edit did: the order that was cancelled and the one that came in its place. */
export interface Edited {
  readonly original: Order;
  readonly order: Order;
}

const SECOND_NS = 1_000_000_000n;
const THIRTY_DAYS_NS = 30n * 86_400n * SECOND_NS;

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
  readonly #options: ExchangeOptions;
  readonly #ids: Ids;
  readonly #journal: Journal;
  readonly #settlement: Settlement;
  readonly #matching: Matching;
  readonly #triggers: Triggers;
  readonly #due = new DueQueue();
  #entries = 0;

  constructor(options: ExchangeOptions) {
    const { instruments, assets, publish, salt = 1, firstTradeId, clearing } = options;
    this.#options = options;
    this.assets = assets;
    this.scales = accountingScales(assets, instruments);
    this.markets = new Map(
      instruments.map((instrument, index) => {
        const { symbol } = instrument;
        const tradeId = firstTradeId?.(symbol) ?? 0;
        return [symbol, new Market(instrument, this.scales, tradeId, index, clearing)];
      }),
    );
    this.#ids = options.ids ?? new IdSource(salt);
    this.#journal = new Journal(publish);
    this.#settlement = new Settlement(this.#ids, this.#journal);
    this.#matching = new Matching(this.#journal, this.#settlement);
    this.#triggers = new Triggers(this.#journal, this.#matching);
  }

  /** What the exchange took in fees, by asset. */
  get income(): ReadonlyMap<string, bigint> {
    return this.#settlement.income;
  }

  /** When {@link Exchange.advance} has something to do, `undefined`: nothing waits for a time. */
  get nextDueNs(): bigint | undefined {
    return this.#due.nextNs;
  }

  /** Opens an account with these balances, decimal texts by asset. */
  openAccount(
    id: string,
    balances: Readonly<Record<string, string>>,
    nowNs: bigint,
    isHouse = false,
  ): Account {
    const account = new Account(id, isHouse);
    this.accounts.set(id, account);
    for (const [asset, text] of Object.entries(balances)) {
      const amount = scaled(text, this.scales.get(asset) ?? 0);
      if (amount === undefined || amount < 0n || !this.scales.has(asset)) {
        throw new RangeError(
          `account ${id}: ${text} ${asset} is no balance of an asset that is traded here`,
        );
      }
      this.#settlement.deposit(account, asset, amount, nowNs);
    }
    this.#journal.flush(nowNs);
    return account;
  }

  /** Does what fell due: expiries, scheduled orders, dead man's switches. */
  advance(nowNs: bigint): void {
    for (let entry = this.#due.take(nowNs); entry !== undefined; entry = this.#due.take(nowNs)) {
      entry.act();
      this.#commit(entry.atNs);
    }
  }

  /** Checks an order as {@link Exchange.add} does, funds included, and does nothing. */
  validate(account: Account, request: OrderRequest, nowNs: bigint): Refusal | undefined {
    this.advance(nowNs);
    const order = this.#prepare(account, request, nowNs);
    return order instanceof Refusal ? order : this.#checkFunds(order, false);
  }

  /** Places an order; it may be filled, or over, when this returns. */
  add(account: Account, request: OrderRequest, nowNs: bigint): Order | Refusal {
    this.advance(nowNs);
    const order = this.#prepare(account, request, nowNs);
    if (order instanceof Refusal) return order;
    const refused = this.#checkFunds(order, true);
    if (refused !== undefined) return refused;
    this.#enter(order, nowNs);
    this.#commit(nowNs);
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
      const checked = this.#prepare(account, request, nowNs);
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
    const before = { lots: order.lots, limitTicks: order.limitTicks };
    const amendId = this.#ids.next('A');
    const amend = amendOrder(order, request, { matching: this.#matching, nowNs, amendId });
    if (amend instanceof Refusal) return amend;
    if (isOpen(order)) {
      this.#journal.report(order, 'amended', nowNs, { amend });
      order.reason = undefined;
      requeue(order, before, this.#matching, nowNs);
    }
    this.#commit(nowNs);
    return { order, amend };
  }

  /**
   * Cancels an order and places another: the old terms where the request has none. Its quantity is
   * the new order's own, and may not be below what was executed of the old one.
   */
  edit(
    account: Account,
    id: string,
    change: (order: Order) => OrderRequest,
    nowNs: bigint,
  ): Edited | Refusal {
    this.advance(nowNs);
    const original = this.#open(account, id);
    if (original instanceof Refusal) return original;
    const isOver = original.trigger?.triggeredNs !== undefined;
    if (isOver || original.close !== undefined || original.clientOrderId !== undefined) {
      return new Refusal(REFUSALS.invalidOrder);
    }
    const order = this.#prepare(account, change(original), nowNs, original);
    if (order instanceof Refusal) return order;
    if (order.lots < original.filledLots) return new Refusal(REFUSALS.invalidOrder);
    const { held } = original;
    reserve(original, 0n);
    const refused = this.#checkFunds(order, true);
    if (refused !== undefined) {
      reserve(original, held);
      return refused;
    }
    this.#matching.end(original, 'canceled', REASONS.replaced, nowNs);
    this.#enter(order, nowNs);
    this.#commit(nowNs);
    return { original, order };
  }

  /** Cancels one order by the exchange's id or the client's. */
  cancel(account: Account, id: string, nowNs: bigint): Order | Refusal {
    this.advance(nowNs);
    const order = this.#open(account, id);
    if (order instanceof Refusal) return order;
    if (order.market.state === 'maintenance') return new Refusal(REFUSALS.unavailable);
    this.#matching.end(order, 'canceled', REASONS.user, nowNs);
    this.#commit(nowNs);
    return order;
  }

  /** Cancels all open orders of an account that pass, the oldest first; answers how many. */
  cancelAll(
    account: Account,
    nowNs: bigint,
    passes: (order: Order) => boolean = () => true,
  ): number {
    this.advance(nowNs);
    return this.#cancelAll(account, nowNs, REASONS.user, passes);
  }

  /** Arms the dead man's switch of an account, or with 0 seconds disarms it; answers when it strikes. */
  cancelAllAfter(account: Account, seconds: number, nowNs: bigint): bigint | undefined {
    this.advance(nowNs);
    if (seconds === 0) {
      account.cancelAllNs = undefined;
      return undefined;
    }
    const atNs = nowNs + BigInt(seconds) * SECOND_NS;
    account.cancelAllNs = atNs;
    this.#due.add(atNs, () => {
      if (account.cancelAllNs !== atNs) return;
      account.cancelAllNs = undefined;
      this.#cancelAll(account, atNs, REASONS.timeout, () => true);
    });
    return atNs;
  }

  /** Changes what may be done in a market, or in all of them. */
  setState(state: TradingState, nowNs: bigint, symbol?: string): void {
    this.advance(nowNs);
    for (const market of this.markets.values()) {
      if (symbol !== undefined && market.instrument.symbol !== symbol) continue;
      if (market.state === state) continue;
      market.state = state;
      this.#journal.state(market);
    }
    this.#commit(nowNs);
  }

  /** A limit or (without a price) market order of a house account: no funds, no history, no reports. */
  quote(account: Account, terms: HouseTerms, nowNs: bigint): Order {
    const { market, side, limitTicks, lots } = terms;
    this.#entries += 1;
    const order = createOrder(limitTicks === undefined ? MARKET_ORDER[side] : LIMIT_ORDER[side], {
      id: terms.id ?? this.#ids.next('O'),
      entry: this.#entries,
      account,
      market,
      rates: FREE,
      lots,
      cash: undefined,
      limitTicks,
      displayLots: undefined,
      trigger: undefined,
      close: undefined,
      nowNs,
    });
    order.status = 'new';
    this.#matching.trade(order, nowNs);
    return order;
  }

  /** Takes back an order of a house account. */
  withdraw(order: Order, nowNs: bigint): void {
    this.#matching.end(order, 'canceled', undefined, nowNs);
  }

  /** Publishes what {@link Exchange.quote} and {@link Exchange.withdraw} did as one batch. */
  commit(nowNs: bigint): void {
    this.#commit(nowNs);
  }

  /** Traded by an account in 30 days, in whole units of the market's quote currency. */
  volumeOf(account: Account, nowNs: bigint): number {
    return account.volumeSince(nowNs - THIRTY_DAYS_NS);
  }

  ratesOf(account: Account, market: Market, nowNs: bigint): FeeRates {
    if (account.isHouse) return FREE;
    const tiers = market.instrument.fees ?? this.#options.fees ?? KRAKEN_FEES;
    const { maker, taker } = tierOf(tiers, this.volumeOf(account, nowNs));
    return { maker: BigInt(maker), taker: BigInt(taker) };
  }

  #prepare(
    account: Account,
    request: OrderRequest,
    nowNs: bigint,
    replaced?: Order,
  ): Order | Refusal {
    const market = this.markets.get(request.symbol);
    if (market === undefined) return new Refusal(REFUSALS.unknownPair);
    const most = this.#options.maxOpenOrders ?? 225;
    const maxOpenOrders = replaced === undefined ? most : most + 1;
    const admitted = admit(market, account, request, { nowNs, maxOpenOrders });
    if (admitted instanceof Refusal) return admitted;
    return this.#create(request, { account, market, nowNs, ...admitted });
  }

  #create(
    terms: OrderTerms,
    parts: Admitted & {
      readonly account: Account;
      readonly market: Market;
      readonly nowNs: bigint;
    },
  ): Order {
    this.#entries += 1;
    return createOrder(terms, {
      id: this.#ids.next('O'),
      entry: this.#entries,
      rates: this.ratesOf(parts.account, parts.market, parts.nowNs),
      ...parts,
    });
  }

  /** Holds what an order needs (`keep`) or only tells whether it could. */
  #checkFunds(order: Order, keep: boolean): Refusal | undefined {
    const hold = requiredHold(order);
    if (!reserve(order, hold)) return new Refusal(REFUSALS.funds);
    if (!keep) reserve(order, 0n);
    if (order.type === 'market' && !canPay(order)) return new Refusal(REFUSALS.funds);
    return undefined;
  }

  #enter(order: Order, nowNs: bigint): void {
    const { account, startNs, expireNs } = order;
    account.orders.set(order.id, order);
    account.openOrders.add(order);
    this.#journal.report(order, 'pending_new', nowNs);
    if (expireNs !== undefined) {
      this.#due.add(expireNs, () => {
        this.#matching.end(order, 'expired', REASONS.expired, expireNs);
      });
    }
    if (startNs === undefined || startNs <= nowNs) this.#activate(order, nowNs);
    else {
      this.#due.add(startNs, () => {
        if (isOpen(order)) this.#activate(order, startNs);
      });
    }
  }

  #activate(order: Order, nowNs: bigint): void {
    order.status = 'new';
    this.#journal.report(order, 'new', nowNs);
    if (isTriggered(order.type)) {
      order.market.untriggered.add(order);
      this.#journal.touch(order.market);
    } else this.#matching.trade(order, nowNs);
  }

  #open(account: Account, id: string): Order | Refusal {
    const order = account.find(id);
    return order === undefined || !isOpen(order) ? new Refusal(REFUSALS.unknownOrder) : order;
  }

  #cancelAll(
    account: Account,
    nowNs: bigint,
    reason: string,
    passes: (order: Order) => boolean,
  ): number {
    let count = 0;
    for (const order of [...account.openOrders]) {
      if (order.market.state === 'maintenance' || !passes(order)) continue;
      this.#matching.end(order, 'canceled', reason, nowNs);
      count += 1;
    }
    this.#commit(nowNs);
    return count;
  }

  /** What follows from an operation (closes of fills, triggers of prices) until nothing does; then all is published. */
  #commit(nowNs: bigint): void {
    for (;;) {
      const fill = this.#matching.toClose.shift();
      if (fill !== undefined) this.#placeClose(fill, nowNs);
      else if (!this.#triggers.fire(this.#journal.markets, nowNs)) break;
    }
    this.#journal.flush(nowNs);
  }

  /** The order that closes a fill; one that cannot be paid for is over at once, and says so. */
  #placeClose({ parent, ticks, lots }: ToClose, nowNs: bigint): void {
    const { close, account, market } = parent;
    if (close === undefined) return;
    const side: Side = parent.side === 'buy' ? 'sell' : 'buy';
    let trigger: Admitted['trigger'];
    if (close.trigger !== undefined) {
      const made = createTrigger(
        { market, side, type: close.type },
        close.trigger,
        close.limit,
        'last',
      );
      if (made instanceof Refusal) return;
      trigger = made;
    }
    const basis = trigger?.ticks ?? ticks;
    const limitTicks =
      close.limit === undefined ? undefined : resolvePrice(close.limit, basis, market.increment);
    const order = this.#create(
      { side, type: close.type, parentId: parent.id, feeAsset: parent.feeAsset },
      { ...NOTHING, account, market, nowNs, lots, limitTicks, trigger },
    );
    const isPaid = reserve(order, requiredHold(order));
    if (isPaid) {
      this.#enter(order, nowNs);
      return;
    }
    account.orders.set(order.id, order);
    account.openOrders.add(order);
    this.#journal.report(order, 'pending_new', nowNs);
    this.#matching.end(order, 'canceled', REASONS.funds, nowNs);
  }
}

/** An order of the synthetic market. */
export interface HouseTerms {
  readonly market: Market;
  readonly side: Side;
  /** Absent: a market order. */
  readonly limitTicks: number | undefined;
  readonly lots: bigint;
  /** Default: the exchange's next. */
  readonly id?: string | undefined;
}

const LIMIT_ORDER = {
  buy: { side: 'buy', type: 'limit' },
  sell: { side: 'sell', type: 'limit' },
} as const;
const MARKET_ORDER = {
  buy: { side: 'buy', type: 'market' },
  sell: { side: 'sell', type: 'market' },
} as const;

const FREE: FeeRates = { maker: 0n, taker: 0n };

const NOTHING = {
  lots: 0n,
  cash: undefined,
  limitTicks: undefined,
  displayLots: undefined,
  trigger: undefined,
  close: undefined,
} as const;

/** Whether a market order's fills can all be paid for, as the book stands. */
function canPay(order: Order): boolean {
  const { account, market, side, cash, rates } = order;
  if (market.clearing !== undefined) return true;
  if (cash !== undefined) {
    const fee = order.feeAsset === 'quote' ? (cash * rates.taker) / 1_000_000n : 0n;
    return cash + fee <= account.available(market.instrument.quote);
  }
  let left = remainingLots(order);
  if (side === 'sell') return affordableLots(order, left, 1) === left;
  let lots = 0n;
  let value = 0n;
  for (const step of walk(order)) {
    const part = step.lots < left ? step.lots : left;
    lots += part;
    value += BigInt(step.ticks) * part;
    left -= part;
    if (left === 0n) break;
  }
  if (lots === 0n) return true;
  const fee = order.feeAsset === 'quote' ? (value * rates.taker) / 1_000_000n : 0n;
  return market.quoteAmount(value + fee) <= account.available(market.instrument.quote);
}
