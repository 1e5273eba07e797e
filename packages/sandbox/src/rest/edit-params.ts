import type { Order, OrderRequest } from '../exchange/index.ts';
import { OrderText } from '../paper/order-text.ts';
import { readOrderParams } from './paper-order-params.ts';
import { textOf, type WireParams } from './request-params.ts';
import type { SpotRefusal } from './spot-routes.ts';

/** The terms of an edited order, of REST and of v1: the old ones where the request has none. */
export function readEditParams(
  order: Order,
  params: WireParams,
  nowNs: bigint,
): OrderRequest | SpotRefusal {
  const { market, limitTicks, displayLots, trigger } = order;
  const text = new OrderText(market);
  const first = trigger?.ticks ?? limitTicks;
  const second = trigger === undefined ? undefined : limitTicks;
  const price = (ticks: number | undefined): string | undefined =>
    ticks === undefined ? undefined : text.price(ticks);
  const displayed = displayLots === undefined ? undefined : text.quantity(displayLots);
  return readOrderParams(
    {
      ordertype: order.type,
      type: order.side,
      volume: textOf(params['volume']) ?? text.quantity(order.lots),
      price: textOf(params['price']) ?? price(first),
      price2: textOf(params['price2']) ?? price(second),
      displayvol: textOf(params['displayvol']) ?? displayed,
      oflags: textOf(params['oflags']) ?? (order.postOnly ? 'post' : ''),
      userref: params['userref'] ?? params['newuserref'] ?? order.userReference,
    },
    market.instrument.symbol,
    nowNs,
  );
}
