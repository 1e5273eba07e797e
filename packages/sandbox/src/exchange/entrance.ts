import type { Account } from './account.ts';
import { type Admitted, admit } from './admission.ts';
import { createOrder, createTrigger, type OrderRequest, type OrderTerms } from './draft.ts';
import type { DueQueue } from './due.ts';
import type { FeeRates } from './fees.ts';
import { canPay, requiredHold, reserve } from './funds.ts';
import type { Ids } from './ids.ts';
import type { Journal } from './journal.ts';
import type { MarginClearing } from './margin/margin-clearing.ts';
import type { Market } from './market.ts';
import type { Matching, ToClose } from './matching.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import { resolvePrice } from './trigger.ts';
import { isOpen, isTriggered, type Order, type Side } from './types.ts';

export interface EntranceOptions {
  readonly markets: ReadonlyMap<string, Market>;
  readonly ids: Ids;
  readonly journal: Journal;
  readonly matching: Matching;
  readonly due: DueQueue;
  readonly margin: MarginClearing;
  /** Of one account in one market. */
  readonly maxOpenOrders: number;
  readonly ratesOf: (account: Account, market: Market, nowNs: bigint) => FeeRates;
}

/** Where orders come in: from a request to an order that trades, rests or waits. */
export class Entrance {
  readonly #options: EntranceOptions;
  #entries = 0;

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /** The number of the next order of the exchange. */
  nextEntry(): number {
    this.#entries += 1;
    return this.#entries;
  }

  /** An order that nothing but funds can refuse any more; it is not in yet. */
  prepare(
    account: Account,
    request: OrderRequest,
    nowNs: bigint,
    replaced?: Order,
  ): Order | Refusal {
    const { markets } = this.#options;
    const most = account.maxOpenOrders ?? this.#options.maxOpenOrders;
    const market = markets.get(request.symbol);
    if (market === undefined) return new Refusal(REFUSALS.unknownPair);
    const maxOpenOrders = replaced === undefined ? most : most + 1;
    const admitted = admit(market, account, request, { nowNs, maxOpenOrders });
    if (admitted instanceof Refusal) return admitted;
    return this.#create(request, { account, market, nowNs, ...admitted });
  }

  /** Holds what an order needs, or says why it cannot. */
  holdFunds(order: Order): Refusal | undefined {
    if (order.type === 'settle-position') return this.#checkSettlement(order);
    const hold = requiredHold(order);
    if (!reserve(order, hold)) {
      const isOnMargin = order.leverage !== undefined;
      return new Refusal(isOnMargin ? REFUSALS.marginLevel : REFUSALS.funds);
    }
    if (order.type === 'market' && !canPay(order)) return new Refusal(REFUSALS.funds);
    return undefined;
  }

  /** Lets an order in that is paid for: it begins now, or when its time has come. */
  enter(order: Order, nowNs: bigint): void {
    const { journal, matching, due } = this.#options;
    const { account, startNs, expireNs } = order;
    account.open(order);
    journal.report(order, 'pending_new', nowNs);
    if (expireNs !== undefined) {
      due.add(expireNs, () => {
        matching.end(order, 'expired', REASONS.expired, expireNs);
      });
    }
    if (startNs === undefined || startNs <= nowNs) this.#activate(order, nowNs);
    else {
      due.add(startNs, () => {
        if (isOpen(order)) this.#activate(order, startNs);
      });
    }
  }

  /** The order that closes a fill; one that cannot be paid for is over at once, and says so. */
  placeClose({ parent, ticks, lots }: ToClose, nowNs: bigint): void {
    const { close, account, market } = parent;
    if (close === undefined) return;
    const side: Side = parent.side === 'buy' ? 'sell' : 'buy';
    let trigger: Admitted['trigger'];
    if (close.trigger !== undefined) {
      const terms = { market, side, type: close.type };
      const made = createTrigger(terms, close.trigger, close.limit, 'last');
      if (made instanceof Refusal) return;
      trigger = made;
    }
    const basis = trigger?.ticks ?? ticks;
    const limitTicks =
      close.limit === undefined ? undefined : resolvePrice(close.limit, basis, market.increment);
    const order = this.#create(
      { side, type: close.type, parentId: parent.id, feeAsset: parent.feeAsset },
      {
        ...{ ...NOTHING, account, market, nowNs, lots, limitTicks, trigger },
        leverage: parent.leverage,
      },
    );
    if (reserve(order, requiredHold(order))) {
      this.enter(order, nowNs);
      return;
    }
    account.open(order);
    this.#options.journal.report(order, 'pending_new', nowNs);
    this.#options.matching.end(order, 'canceled', REASONS.funds, nowNs);
  }

  /** Closes a position in the market, whatever it brings: the account is not asked. */
  placeLiquidation(
    account: Account,
    market: Market,
    { side, lots }: { readonly side: Side; readonly lots: bigint },
    nowNs: bigint,
  ): void {
    const order = this.#create(
      { side, type: 'market', reduceOnly: true, isLiquidation: true, selfTrade: 'cancel_oldest' },
      { ...NOTHING, ...NO_PRICES, account, market, nowNs, lots, leverage: 2 },
    );
    reserve(order, lots);
    this.enter(order, nowNs);
  }

  /** Whether the account has what was advanced for the position. */
  #checkSettlement({ account, market, lots }: Order): Refusal | undefined {
    const { asset, amount } = this.#options.margin.settlementOf(account, market, lots);
    return amount > account.available(asset) ? new Refusal(REFUSALS.funds) : undefined;
  }

  /** Gives back what was advanced, as far as there is a position still. */
  #settle(order: Order, nowNs: bigint): void {
    const { ids, margin, matching } = this.#options;
    const { account, market } = order;
    const open = margin.openLots(account, market);
    const lots = order.lots < open ? order.lots : open;
    const refused = lots === 0n ? REASONS.noPosition : undefined;
    const isUnpaid = this.#checkSettlement(order) !== undefined;
    if (refused !== undefined || isUnpaid) {
      matching.end(order, 'canceled', refused ?? REASONS.funds, nowNs);
      return;
    }
    const { cost, ledgerIds } = margin.settleInKind(order, lots, ids.next('T'), nowNs);
    order.lots = lots;
    order.filledLots = lots;
    order.filledValue = market.valueOf(cost);
    order.cost = cost;
    order.ledgerIds.push(...ledgerIds);
    matching.end(order, 'filled', undefined, nowNs);
    matching.trim(order, nowNs);
  }

  #create(
    terms: OrderTerms,
    parts: Admitted & {
      readonly account: Account;
      readonly market: Market;
      readonly nowNs: bigint;
    },
  ): Order {
    const { ids, ratesOf } = this.#options;
    return createOrder(terms, {
      id: ids.next('O'),
      entry: this.nextEntry(),
      rates: ratesOf(parts.account, parts.market, parts.nowNs),
      ...parts,
    });
  }

  #activate(order: Order, nowNs: bigint): void {
    const { journal, matching } = this.#options;
    order.status = 'new';
    journal.report(order, 'new', nowNs);
    if (order.type === 'settle-position') this.#settle(order, nowNs);
    else if (isTriggered(order.type)) {
      order.market.untriggered.add(order);
      journal.touch(order.market);
    } else matching.trade(order, nowNs);
  }
}

const NO_PRICES = { limitTicks: undefined, trigger: undefined } as const;
const NOTHING = { cash: undefined, displayLots: undefined, close: undefined } as const;
