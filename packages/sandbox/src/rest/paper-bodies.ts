import type {
  Account,
  AccountTrade,
  Exchange,
  LedgerEntry,
  MarginPosition,
  Order,
  OrderType,
} from '../exchange/index.ts';
import { gainOf, openLots } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { OrderText, writtenPrice } from '../paper/order-text.ts';
import { assetId, pairNames } from './spot-names.ts';

type Body = Readonly<Record<string, unknown>>;

const STATUS = {
  pending_new: 'pending',
  new: 'open',
  partially_filled: 'open',
  filled: 'closed',
  canceled: 'canceled',
  expired: 'expired',
} as const;

/** Seconds, with microseconds behind the point. */
const secondsOf = (ns: bigint): number => Number(ns / 1_000n) / 1e6;

/** An order as OpenOrders, ClosedOrders and QueryOrders print it. */
export function orderBody(order: Order, withTrades: boolean): Body {
  const { market, trigger, cash, limitTicks, closedNs, reason } = order;
  const text = new OrderText(market);
  const misc = [
    ...(trigger?.triggeredNs === undefined
      ? []
      : [order.type.startsWith('take') ? 'touched' : 'stopped']),
    ...(order.filledLots > 0n && order.status !== 'filled' ? ['partial'] : []),
    ...(order.amends.length > 0 ? ['amended'] : []),
    ...(order.isLiquidation ? ['liquidated'] : []),
  ];
  const flags = [
    ...(order.postOnly ? ['post'] : []),
    order.feeAsset === 'base' ? 'fcib' : 'fciq',
    ...(cash === undefined ? [] : ['viqc']),
  ];
  const isTriggered = trigger !== undefined;
  const zero = text.price(0);
  const [price = zero, price2 = '0'] = writtenPrices(order, text);
  return {
    refid: order.parentId ?? null,
    userref: order.userReference ?? null,
    ...(order.clientOrderId === undefined ? {} : { cl_ord_id: order.clientOrderId }),
    status: STATUS[order.status],
    opentm: secondsOf(order.openNs),
    starttm: order.startNs === undefined ? 0 : secondsOf(order.startNs),
    expiretm: order.expireNs === undefined ? 0 : secondsOf(order.expireNs),
    descr: {
      pair: pairNames(market.instrument).altname,
      type: order.side,
      ordertype: order.type,
      price,
      price2,
      leverage: order.leverage === undefined ? 'none' : `${order.leverage}:1`,
      order: describeOrder(order),
      close: describeClose(order) ?? '',
    },
    vol: cash === undefined ? text.quantity(order.lots) : text.cost(cash),
    vol_exec: text.quantity(order.filledLots),
    cost: text.cost(order.cost),
    fee: text.fee(order, order.feeAsset),
    price: text.averagePrice(order),
    stopprice: isTriggered ? text.price(trigger.ticks) : zero,
    limitprice: isTriggered && limitTicks !== undefined ? text.price(limitTicks) : zero,
    ...(isTriggered ? { trigger: trigger.reference } : {}),
    ...(order.leverage === undefined ? {} : { margin: true }),
    misc: misc.join(','),
    oflags: flags.join(','),
    ...(withTrades ? { trades: [...order.tradeIds] } : {}),
    ...(closedNs === undefined ? {} : { closetm: secondsOf(closedNs), reason: reason ?? null }),
  };
}

/** `buy 1.25000000 XBTUSD @ limit 27500.0` */
export function describeOrder(order: Order): string {
  const { market, side, type, cash, leverage } = order;
  const text = new OrderText(market);
  const volume = cash === undefined ? text.quantity(order.lots) : text.cost(cash);
  const prices = writtenPrices(order, text);
  const { altname } = pairNames(market.instrument);
  const margin = leverage === undefined ? '' : ` with ${leverage}:1 leverage`;
  return `${side} ${volume} ${altname} @ ${describeTerms(type, prices)}${margin}`;
}

/** Its trigger and its limit, as far as it has them, as they were asked for: `+5.0000%` of a trailing stop. */
function writtenPrices({ trigger, limitTicks }: Order, text: OrderText): readonly string[] {
  const limit = limitTicks === undefined ? [] : [text.price(limitTicks)];
  if (trigger === undefined) return limit;
  const { isTrailing, rule, limitRule, ticks } = trigger;
  const written = rule.kind === 'static' ? text.price(ticks) : writtenPrice(text.ruleText(rule));
  return [
    // However it trails, its distance has a plus.
    isTrailing ? written.replace('-', '+') : written,
    ...(limitRule === undefined ? limit : [writtenPrice(text.ruleText(limitRule))]),
  ];
}

/** `close position @ stop loss 22000.0 -> limit 21000.0`; `undefined` of an order without one. */
export function describeClose({ market, close }: Order): string | undefined {
  if (close === undefined) return undefined;
  const text = new OrderText(market);
  const prices = [close.trigger, close.limit].flatMap((rule) =>
    rule === undefined ? [] : writtenPrice(text.ruleText(rule)),
  );
  return `close position @ ${describeTerms(close.type, prices)}`;
}

/** A limit behind a trigger has an arrow: `stop loss 22000.0 -> limit 21000.0`. */
function describeTerms(type: OrderType, [first, second]: readonly string[]): string {
  const words = type.replaceAll('-', ' ');
  if (first === undefined) return words;
  return second === undefined
    ? `${words} ${first}`
    : `${words.replace(/ limit$/, '')} ${first} -> limit ${second}`;
}

export function tradeBody(trade: AccountTrade, withLedgers: boolean): Body {
  const { order, isMaker, margin } = trade;
  const opened = margin?.opened;
  const text = new OrderText(order.market);
  return {
    ordertxid: order.id,
    postxid: opened?.id ?? 'TKH2SE-M7IF5-CFI7LT',
    pair: pairNames(order.market.instrument).id,
    time: secondsOf(trade.atNs),
    type: order.side,
    ordertype: order.type,
    price: text.price(trade.ticks),
    cost: text.cost(trade.cost),
    fee: order.feeAsset === 'base' ? text.base(trade.fee) : text.cost(trade.fee),
    vol: text.quantity(trade.lots),
    margin: text.cost(opened === undefined ? 0n : opened.cost / BigInt(order.leverage ?? 1)),
    leverage: String(order.leverage ?? 0),
    misc: margin?.isClosing === true ? 'closing' : '',
    ...(withLedgers ? { ledgers: [...trade.ledgerIds] } : {}),
    trade_id: trade.tradeId,
    maker: isMaker,
    ...(opened === undefined ? {} : openedBody(opened)),
  };
}

/** What became of the position that a trade opened. */
function openedBody(position: MarginPosition): Body {
  const { closedLots, proceeds, closingFee, closedBy, order, closedCost } = position;
  const text = new OrderText(order.market);
  const value = order.market.valueOf(proceeds);
  return {
    posstatus: openLots(position) === 0n ? 'closed' : 'open',
    cprice: text.averagePrice({ filledValue: value, filledLots: closedLots }),
    ccost: text.cost(proceeds),
    cfee: text.cost(closingFee),
    cvol: text.quantity(closedLots),
    cmargin: text.cost(closedCost / BigInt(order.leverage ?? 1)),
    net: text.cost(gainOf(order.side, closedCost, proceeds) - closingFee),
    trades: [...closedBy],
  };
}

export function ledgerBody(exchange: Exchange, entry: LedgerEntry): Body {
  const text = (amount: bigint): string => fixedText(amount, exchange.scales.get(entry.asset) ?? 0);
  return {
    refid: entry.refId,
    time: secondsOf(entry.atNs),
    type: entry.type,
    subtype: '',
    aclass: 'currency',
    asset: assetId(entry.asset),
    amount: text(entry.amount),
    fee: text(entry.fee),
    balance: text(entry.balance),
  };
}

/** Balance and BalanceEx: what there is of each asset, and what orders hold of it. */
export function balanceBodies(
  exchange: Exchange,
  account: Account,
): readonly { readonly id: string; readonly balance: string; readonly held: string }[] {
  return [...account.assets].map((asset) => {
    const scale = exchange.scales.get(asset) ?? 0;
    return {
      id: assetId(asset),
      balance: fixedText(account.balance(asset), scale),
      held: fixedText(account.held(asset), scale),
    };
  });
}
