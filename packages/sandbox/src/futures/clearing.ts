import { feeOf } from '../exchange/fees.ts';
import {
  type Account,
  type ContractClearing,
  type Fill,
  type Market,
  type Order,
  Refusal,
} from '../exchange/index.ts';
import { AccountLog, type LogEntry, type LogInfo } from './account-log.ts';
import type { FuturesContract } from './contracts.ts';
import { Funding } from './funding.ts';
import { createHolding, type Holding } from './holding.ts';
import { exposureOf, type Requirement, requirementOf } from './margin.ts';
import { abs, applyFill, FLAT, type Position } from './position.ts';
import { FuturesPrices } from './prices.ts';
import { availableOf } from './wallets.ts';
import { entryMicroTicks, flowOf, usdOf, valueOf } from './worth.ts';

/** Refusals that only contracts have; told to a client in the words of the protocol that it speaks. */
export const FUTURES_REFUSALS = {
  notReducing: 'EOrder:Reduce only:No position exists',
  positionSize: 'EOrder:Margin position size exceeded',
} as const;

/** A position beside what it is worth now, in the settlement currency. */
export interface HoldingState extends Requirement {
  readonly contract: FuturesContract;
  readonly market: Market;
  readonly holding: Holding;
  readonly markTicks: number;
  readonly pnl: bigint;
  readonly funding: bigint;
}

/**
 * Contracts on margin: positions, profits and losses, fees, funding. All of it is whole numbers of
 * `MONEY_SCALE`, and of all accounts together money, bases and fees are what was put in.
 */
export class FuturesClearing implements ContractClearing {
  readonly clientOrderId = /^[ -~]{1,100}$/;
  readonly contracts: readonly FuturesContract[];
  readonly prices: FuturesPrices;
  readonly funding: Funding;
  readonly log: AccountLog = new AccountLog();
  /** Fees taken, by wallet. */
  readonly income: Map<string, bigint> = new Map();
  /** Who is on the other side of what the exchange itself pays or takes: the market's agents. */
  counterparty: Account | undefined;
  readonly #bySymbol: ReadonlyMap<string, FuturesContract>;
  readonly #holdings = new Map<Account, Map<Market, Holding>>();
  #info: LogInfo = 'futures trade';

  constructor(contracts: readonly FuturesContract[]) {
    this.contracts = contracts;
    this.#bySymbol = new Map(contracts.map((contract) => [contract.symbol, contract]));
    this.prices = new FuturesPrices(contracts);
    this.funding = new Funding(this.prices);
  }

  contractOf({ instrument }: Market): FuturesContract {
    const contract = this.#bySymbol.get(instrument.symbol);
    if (contract === undefined) throw new RangeError(`no contract ${instrument.symbol}`);
    return contract;
  }

  /** Who holds or held something. */
  get holders(): Iterable<Account> {
    return this.#holdings.keys();
  }

  positionOf(account: Account, market: Market): Position {
    return this.#holdings.get(account)?.get(market)?.position ?? FLAT;
  }

  lotsOf(account: Account, market: Market): bigint {
    return this.positionOf(account, market).lots;
  }

  fit(
    order: Pick<Order, 'account' | 'market' | 'side' | 'reduceOnly'>,
    lots: bigint,
  ): bigint | Refusal {
    const { account, market, side, reduceOnly } = order;
    const held = this.lotsOf(account, market);
    if (reduceOnly) {
      const reduces = side === 'buy' ? held < 0n : held > 0n;
      if (!reduces) return new Refusal(FUTURES_REFUSALS.notReducing);
      return lots < abs(held) ? lots : abs(held);
    }
    const after = abs(held + (side === 'buy' ? lots : -lots));
    const { maxPositionLots } = this.contractOf(market);
    return after > maxPositionLots && after > abs(held)
      ? new Refusal(FUTURES_REFUSALS.positionSize)
      : lots;
  }

  reserve(order: Order, lots: bigint): boolean {
    const { account, market, reduceOnly } = order;
    if (reduceOnly && lots > order.held && this.affordable(order, lots) < lots) return false;
    if (lots > order.held && !reduceOnly) {
      const contract = this.contractOf(market);
      const held = this.lotsOf(account, market);
      const before = exposureOf(account, market, held, { order, lots: order.held });
      const after = exposureOf(account, market, held, { order, lots });
      const ticks = this.markTicks(contract);
      const more =
        requirementOf(contract, ticks, held, after).initialWithOrders -
        requirementOf(contract, ticks, held, before).initialWithOrders;
      if (more > 0n && more > availableOf(this, account, contract.wallet)) return false;
    }
    order.held = lots;
    return true;
  }

  affordable({ account, market, side, reduceOnly }: Order, lots: bigint): bigint {
    if (!reduceOnly) return lots;
    const held = this.lotsOf(account, market);
    if (side === 'buy' ? held >= 0n : held <= 0n) return 0n;
    return lots < abs(held) ? lots : abs(held);
  }

  settle(order: Order, fill: Fill, isMaker: boolean): { cost: bigint; fee: bigint } {
    const { account, market, side } = order;
    const contract = this.contractOf(market);
    const { ticks, atNs, tradeId } = fill;
    const change = side === 'buy' ? fill.lots : -fill.lots;
    const flow = flowOf(contract, ticks, change);
    const cost = usdOf(contract, ticks, fill.lots);
    const { wallet } = contract;
    if (account.isHouse) {
      // It owes and is owed without end: its positions need no books of their own.
      account.add(wallet, flow);
      return { cost, fee: 0n };
    }
    this.realizeFunding(account, market, atNs);
    const holding = this.#holdingOf(account, market, atNs);
    const before = holding.position;
    const { position, realized } = applyFill(before, change, flow);
    holding.position = position;
    holding.filledNs = atNs;
    const rate = isMaker ? order.rates.maker : order.rates.taker;
    const fee = feeOf(valueOf(contract, ticks, fill.lots), rate);
    this.income.set(wallet, (this.income.get(wallet) ?? 0n) + fee);
    const shared = {
      account,
      atNs,
      info: this.#info,
      contract: contract.symbol,
      tradeTicks: ticks,
      mark: this.prices.mark(contract),
      tradeId,
    };
    this.log.add({
      ...shared,
      asset: contract.symbol,
      isPosition: true,
      before: before.lots,
      after: position.lots,
      entryBefore: entryMicroTicks(contract, before.lots, before.basis),
      entryAfter: entryMicroTicks(contract, position.lots, position.basis),
    });
    this.#pay(contract, realized - fee, { ...shared, realized, fee });
    return { cost, fee };
  }

  price(market: Market, kind: 'index' | 'mark'): number {
    const contract = this.contractOf(market);
    return kind === 'mark'
      ? this.markTicks(contract)
      : this.prices.ticksOf(contract, this.prices.index(contract));
  }

  markTicks(contract: FuturesContract): number {
    return this.prices.ticksOf(contract, this.prices.mark(contract));
  }

  /** Pays what a position's funding has come to. The market's own agents are the other side. */
  realizeFunding(account: Account, market: Market, nowNs: bigint): void {
    const holding = this.#holdings.get(account)?.get(market);
    if (holding === undefined) return;
    const contract = this.contractOf(market);
    const amount = this.funding.accrued(contract, holding, nowNs);
    if (nowNs > holding.fundedNs) holding.fundedNs = nowNs;
    if (amount === 0n) return;
    this.counterparty?.add(contract.wallet, -amount);
    this.#pay(contract, amount, {
      account,
      atNs: nowNs,
      info: 'funding rate change',
      contract: contract.symbol,
      mark: this.prices.mark(contract),
      fundingRate: this.funding.rate(contract),
      funding: amount,
    });
  }

  /** Ends a position at a price, against the counterparty: a contract that has expired. */
  settlePosition(account: Account, market: Market, ticks: number, nowNs: bigint): void {
    this.realizeFunding(account, market, nowNs);
    const holding = this.#holdings.get(account)?.get(market);
    if (holding === undefined || holding.position.lots === 0n) return;
    const contract = this.contractOf(market);
    const { position: before } = holding;
    const flow = flowOf(contract, ticks, -before.lots);
    const { realized } = applyFill(before, -before.lots, flow);
    holding.position = FLAT;
    holding.filledNs = nowNs;
    this.counterparty?.add(contract.wallet, -flow);
    const shared = {
      account,
      atNs: nowNs,
      info: 'settlement' as const,
      contract: contract.symbol,
      tradeTicks: ticks,
      mark: this.prices.mark(contract),
    };
    this.log.add({
      ...shared,
      asset: contract.symbol,
      isPosition: true,
      before: before.lots,
      after: 0n,
      entryBefore: entryMicroTicks(contract, before.lots, before.basis),
      entryAfter: 0n,
    });
    this.#pay(contract, realized, { ...shared, realized });
  }

  /** Why positions change at the moment. */
  get info(): LogInfo {
    return this.#info;
  }

  /** What is done meanwhile is written into the log as this. */
  during(info: LogInfo, act: () => void): void {
    this.#info = info;
    try {
      act();
    } finally {
      this.#info = 'futures trade';
    }
  }

  /** Positions that are not flat, and the markets where orders alone bind margin, with their numbers. */
  statesOf(account: Account, nowNs: bigint, wallet?: string): HoldingState[] {
    const markets = new Set(this.#holdings.get(account)?.keys());
    for (const { market } of account.openOrders) markets.add(market);
    const states: HoldingState[] = [];
    for (const market of markets) {
      const contract = this.contractOf(market);
      if (wallet !== undefined && contract.wallet !== wallet) continue;
      const holding = this.#holdings.get(account)?.get(market) ?? createHolding(nowNs);
      const { lots, basis } = holding.position;
      const markTicks = this.markTicks(contract);
      const exposure = exposureOf(account, market, lots);
      if (lots === 0n && exposure === 0n) continue;
      states.push({
        contract,
        market,
        holding,
        markTicks,
        pnl: lots === 0n ? 0n : basis + flowOf(contract, markTicks, -lots),
        funding: this.funding.accrued(contract, holding, nowNs),
        ...requirementOf(contract, markTicks, lots, exposure),
      });
    }
    return states;
  }

  #holdingOf(account: Account, market: Market, nowNs: bigint): Holding {
    let holdings = this.#holdings.get(account);
    if (holdings === undefined) {
      holdings = new Map();
      this.#holdings.set(account, holdings);
    }
    let holding = holdings.get(market);
    if (holding === undefined) {
      holding = createHolding(nowNs);
      holdings.set(market, holding);
    }
    return holding;
  }

  #pay(
    { wallet }: FuturesContract,
    amount: bigint,
    why: Omit<LogEntry, 'id' | 'asset' | 'isPosition' | 'before' | 'after'>,
  ): void {
    const before = why.account.balance(wallet);
    const after = why.account.add(wallet, amount);
    this.log.add({ ...why, asset: wallet, isPosition: false, before, after });
  }
}
