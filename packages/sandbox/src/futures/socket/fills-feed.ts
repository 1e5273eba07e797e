import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import type { FuturesFill } from '../fills.ts';
import { numberText } from '../number-text.ts';
import { MONEY_SCALE } from '../worth.ts';
import { feedFrame, milliseconds, quote, row } from './feed-frame.ts';
import { orderKind } from './order-row.ts';

const SNAPSHOT_FILLS = 100;

/** `fills`, of all products or of those that were named. */
export class FillsFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'fills';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  readonly #products: ReadonlySet<string> | undefined;

  constructor(
    desk: FuturesDesk,
    account: Account,
    subscriber: Subscriber,
    products: ReadonlySet<string> | undefined,
  ) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
    this.#products = products;
  }

  open(): void {
    const fills = this.#desk.fills.of(this.account).filter((fill) => this.#concerns(fill));
    const rows = fills.slice(-SNAPSHOT_FILLS).map((fill) => this.#row(fill));
    const text = `{"feed":"fills_snapshot","account":"${this.#desk.uidOf(this.account)}","fills":[${rows.join(',')}]}`;
    this.subscriber.push(feedFrame(text, this.name, 'snapshot'));
  }

  publish({ fills }: FuturesBatch): void {
    for (const fill of fills) {
      if (fill.account !== this.account || !this.#concerns(fill)) continue;
      const text = `{"feed":"fills","username":"${this.#desk.uidOf(this.account)}","fills":[${this.#row(fill)}]}`;
      this.subscriber.push(feedFrame(text, this.name, 'update', [fill.market.instrument.symbol]));
    }
  }

  #concerns({ market }: FuturesFill): boolean {
    return this.#products?.has(market.instrument.symbol) ?? true;
  }

  #row(fill: FuturesFill): string {
    const { trade, market } = fill;
    const { order } = trade;
    const { symbol, pricePrecision, quantityPrecision } = market.instrument;
    const isMarket = order.type === 'market';
    return row({
      instrument: quote(symbol),
      time: String(milliseconds(trade.atNs)),
      price: numberText(trade.ticks, pricePrecision),
      seq: String(fill.seq),
      buy: String(order.side === 'buy'),
      qty: numberText(trade.lots, quantityPrecision),
      remaining_order_qty: numberText(fill.remaining, quantityPrecision),
      order_id: quote(order.id),
      cli_ord_id: order.clientOrderId === undefined ? undefined : quote(order.clientOrderId),
      fill_id: quote(fill.uid),
      fill_type: quote(fill.type),
      fee_paid: numberText(trade.fee, MONEY_SCALE),
      fee_currency: quote(this.#desk.contractOf(market).settlement),
      taker_order_type: quote(trade.isMaker ? fill.takerType : isMarket ? 'market' : 'limit'),
      order_type: quote(isMarket ? 'market' : orderKind(order)),
    });
  }
}
