import { multiplyDecimals } from '@kr/orderbook/decimal';
import { textOf } from './request-params.ts';
import type { SandboxOrder } from './spot-account.ts';

/** An order as OpenOrders, ClosedOrders and QueryOrders print it. */
export function orderBody(order: SandboxOrder): Readonly<Record<string, unknown>> {
  const { params, pair, status, volume } = order;
  const openedS = Number(order.openedNs / 1000n) / 1e6;
  const price = textOf(params['price']) ?? '0';
  const executed = status === 'closed' ? volume : '0.00000000';
  return {
    refid: null,
    userref: params['userref'] === undefined ? null : Number(params['userref']),
    ...(order.clientOrderId === undefined ? {} : { cl_ord_id: order.clientOrderId }),
    status,
    opentm: openedS,
    starttm: 0,
    expiretm: 0,
    descr: {
      pair,
      type: params['type'],
      ordertype: params['ordertype'],
      price,
      price2: '0',
      leverage: 'none',
      order: describeOrder(order),
      close: '',
    },
    vol: volume,
    vol_exec: executed,
    cost: status === 'closed' ? multiplyDecimals(price, volume) : '0.00000',
    fee: '0.00000',
    price: status === 'closed' ? price : '0.00000',
    stopprice: '0.00000',
    limitprice: '0.00000',
    misc: '',
    oflags: 'fciq',
    ...(status === 'open'
      ? {}
      : { closetm: openedS, reason: status === 'canceled' ? 'User requested' : null }),
  };
}

export function describeOrder({ params, pair, volume }: SandboxOrder): string {
  const price = textOf(params['price']);
  return `${String(params['type'])} ${volume} ${pair} @ ${String(params['ordertype'])}${price === undefined ? '' : ` ${price}`}`;
}
