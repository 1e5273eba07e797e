import { type Clock, formatTimestamp } from '@kr/schemas/shared';
import { type Account, type Exchange, type Order, REFUSALS, Refusal } from '../exchange/index.ts';
import type { RestCounters } from '../rest/rest-counters.ts';
import { FieldRefusal } from './fields.ts';

const DAY_SECONDS = 86_400;
const LONGEST_DEADLINE_NS = 60_000_000_000n;

/** Where an account trades. */
export interface TradingDesk {
  readonly exchange: Exchange;
  readonly counters: Pick<RestCounters, 'chargeOrder'>;
  readonly clock: Clock;
  /** Now; a market that is named moves from now on. */
  now(symbol?: string): bigint;
}

/** What an account can do in any of the socket protocols, charged as the trading engine counts. Throws refusals. */
export class AccountActions {
  readonly desk: TradingDesk;
  readonly account: Account;

  constructor(desk: TradingDesk, account: Account) {
    this.desk = desk;
    this.account = account;
  }

  /** Now, unless the deadline is over; a market that is named moves from now on. */
  begin(deadlineNs: bigint | undefined, symbol?: string): bigint {
    const nowNs = this.desk.now(symbol);
    if (deadlineNs === undefined) return nowNs;
    if (deadlineNs <= nowNs) throw new FieldRefusal('EService:Deadline elapsed');
    if (deadlineNs > nowNs + LONGEST_DEADLINE_NS) {
      throw new FieldRefusal(REFUSALS.invalid('deadline'));
    }
    return nowNs;
  }

  charge(symbol: string, name: string, count: number, ageNs?: bigint): void {
    const limited = this.desk.counters.chargeOrder(this.account.id, symbol, name, count, ageNs);
    if (limited !== undefined) throw new FieldRefusal(limited);
  }

  /** Charges for a change of an order, by its age; of one that there is not, nothing. */
  chargeFor(id: string, name: string): void {
    const order = this.account.find(id);
    if (order === undefined) return;
    const ageNs = this.desk.clock.wallNs() - order.changedNs;
    this.charge(order.market.instrument.symbol, name, 1, ageNs);
  }

  /** By the exchange's id or the client's. */
  cancel(id: string): Order {
    this.chargeFor(id, 'CancelOrder');
    return must(this.desk.exchange.cancel(this.account, id, this.desk.now()));
  }

  /** The open orders of a user's reference, the oldest first. */
  referenced(reference: number): readonly Order[] {
    return [...this.account.openOrders].filter(({ userReference }) => userReference === reference);
  }

  cancelAll(): number {
    return must(this.desk.exchange.cancelAll(this.account, this.desk.now()));
  }

  /** Arms or, with 0, disarms the dead man's switch; times as the exchange prints them. */
  cancelAllAfter(seconds: number): { readonly currentTime: string; readonly triggerTime: string } {
    if (!Number.isInteger(seconds) || seconds < 0 || seconds >= DAY_SECONDS) {
      throw new FieldRefusal('Invalid timeout argument');
    }
    const nowNs = this.desk.now();
    const atNs = must(this.desk.exchange.cancelAllAfter(this.account, seconds, nowNs));
    return {
      currentTime: wholeSeconds(nowNs),
      triggerTime: atNs === undefined ? '0' : wholeSeconds(atNs),
    };
  }
}

/** A refusal is thrown, the rest goes on. */
export function must<T>(said: T | Refusal): T {
  if (said instanceof Refusal) throw said;
  return said;
}

/** `2024-05-19T19:22:20Z` */
export const wholeSeconds = (ns: bigint): string => `${formatTimestamp(ns).slice(0, 19)}Z`;
