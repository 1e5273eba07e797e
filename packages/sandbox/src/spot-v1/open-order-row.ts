import type { ExecutionReport, Order } from '../exchange/index.ts';
import { formatEpoch } from '../protocol/timestamp.ts';
import { describeClose, describeOrder } from '../rest/paper-bodies.ts';
import { OlderOrderText } from './order-text.ts';
import { pairOf } from './pair-name.ts';

const STATUS = {
  pending_new: 'pending',
  new: 'open',
  partially_filled: 'open',
  filled: 'closed',
  canceled: 'canceled',
  expired: 'expired',
} as const;

/** An open order, whole, as it is now: of the snapshot. */
export function openOrderBody(order: Order): object {
  return wholeBody(order, order);
}

/** What `openOrders` says of one step of an order's life: whole at its beginning, then what changed. */
export function changeOf(report: ExecutionReport): object {
  const { order } = report;
  const text = new OlderOrderText(order.market);
  const name = { ...referenceOf(order) };
  const sums = {
    vol_exec: text.quantity(report.filledLots),
    cost: text.cost(report.cost),
    fee: order.feeAsset === 'base' ? text.base(report.fees.base) : text.cost(report.fees.quote),
    avg_price: text.averagePrice(report),
  };
  const lastupdated = formatEpoch(report.atNs);
  switch (report.type) {
    case 'pending_new':
      return wholeBody(order, report);
    case 'new':
      return { status: 'open', ...name };
    case 'filled':
    case 'canceled':
    case 'expired':
      return {
        lastupdated,
        status: STATUS[report.status],
        ...sums,
        ...(report.reason === undefined ? {} : { cancel_reason: report.reason }),
        ...name,
      };
    case 'amended':
    case 'restated':
      return {
        lastupdated,
        amended: true,
        ...(report.reason === undefined ? {} : { amend_reason: report.reason }),
        vol: text.quantity(report.lots),
        ...limitOf(report, text),
        ...name,
      };
    case 'trade':
    case 'iceberg_refill':
    case 'status':
    default:
      return { lastupdated, ...sums, ...limitOf(report, text), ...name };
  }
}

type State = Pick<
  ExecutionReport,
  'status' | 'lots' | 'limitTicks' | 'displayLots' | 'visibleLots' | 'filledLots' | 'filledValue'
> &
  Pick<ExecutionReport, 'cost' | 'fees'>;

function wholeBody(order: Order, state: State): object {
  const { market, trigger, close, cash, displayLots, expireNs, startNs } = order;
  const text = new OlderOrderText(market);
  const { limitTicks } = state;
  const isTriggered = trigger !== undefined;
  const flags = [
    ...(order.postOnly ? ['post'] : []),
    order.feeAsset === 'base' ? 'fcib' : 'fciq',
    ...(cash === undefined ? [] : ['viqc']),
  ];
  return {
    avg_price: text.averagePrice(state),
    ...(close === undefined ? {} : { contingent: { ordertype: close.type, oflags: '' } }),
    cost: text.cost(state.cost),
    descr: {
      close: describeClose(order) ?? null,
      leverage: order.leverage === undefined ? null : `${order.leverage}:1`,
      order: describeOrder(order),
      ordertype: order.type,
      pair: pairOf(market.instrument.symbol),
      price: text.price(isTriggered ? trigger.ticks : (limitTicks ?? 0)),
      price2: text.price(isTriggered ? (limitTicks ?? 0) : 0),
      type: order.side,
    },
    ...(displayLots === undefined
      ? {}
      : {
          display_volume: text.quantity(displayLots),
          display_volume_remain: text.quantity(state.visibleLots),
        }),
    expiretm: expireNs === undefined ? null : formatEpoch(expireNs),
    fee: order.feeAsset === 'base' ? text.base(state.fees.base) : text.cost(state.fees.quote),
    limitprice: text.price(isTriggered ? (limitTicks ?? 0) : 0),
    ...(order.leverage === undefined ? {} : { margin: true }),
    misc: order.isLiquidation ? 'liquidated' : '',
    oflags: flags.join(','),
    opentm: formatEpoch(order.openNs),
    refid: order.parentId ?? null,
    ...(order.senderSubId === undefined ? {} : { sender_sub_id: order.senderSubId }),
    starttm: startNs === undefined ? null : formatEpoch(startNs),
    status: STATUS[state.status],
    stopprice: text.price(trigger?.ticks ?? 0),
    timeinforce: order.timeInForce.toUpperCase(),
    vol: cash === undefined ? text.quantity(state.lots) : text.cost(cash),
    vol_exec: text.quantity(state.filledLots),
    ...referenceOf(order),
  };
}

function limitOf(
  { limitTicks, triggerTicks, displayLots, visibleLots }: ExecutionReport,
  text: OlderOrderText,
): object {
  return {
    ...(triggerTicks === undefined
      ? {}
      : { stopprice: text.price(triggerTicks), limitprice: text.price(limitTicks ?? 0) }),
    ...(displayLots === undefined
      ? {}
      : {
          display_volume: text.quantity(displayLots),
          display_volume_remain: text.quantity(visibleLots),
        }),
  };
}

/** As on v2: a reference of 0 where the client gave neither. */
function referenceOf({ clientOrderId, userReference }: Order): object {
  return clientOrderId === undefined
    ? { userref: userReference ?? 0 }
    : { cl_ord_id: clientOrderId };
}
