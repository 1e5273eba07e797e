import type { Order, OrderRequest, PriceText } from '../exchange/index.ts';
import { OrderText } from '../paper/order-text.ts';
import { readOrderParams } from './paper-order-params.ts';
import { textOf, type WireParams } from './request-params.ts';
import type { SpotRefusal } from './spot-refusal.ts';

/** The terms of an edited order, of REST and of v1: the old ones where the request has none. */
export function readEditParams(
  order: Order,
  params: WireParams,
  nowNs: bigint,
): OrderRequest | SpotRefusal {
  const { market, displayLots, trigger } = order;
  const text = new OrderText(market);
  const limit = written(text.limitOf(order));
  const [first, second] =
    trigger === undefined ? [limit, undefined] : [written(text.triggerOf(order)), limit];
  const displayed = displayLots === undefined ? undefined : text.quantity(displayLots);
  return readOrderParams(
    {
      ordertype: order.type,
      type: order.side,
      volume: textOf(params['volume']) ?? text.quantity(order.lots),
      price: textOf(params['price']) ?? first,
      price2: textOf(params['price2']) ?? second,
      displayvol: textOf(params['displayvol']) ?? displayed,
      oflags: textOf(params['oflags']) ?? (order.postOnly ? 'post' : ''),
      userref: params['userref'] ?? params['newuserref'] ?? order.userReference,
    },
    market.instrument.symbol,
    nowNs,
  );
}

/** A price as REST writes it: offsets with their sign, per cents with their mark. */
function written(price: PriceText | undefined): string | undefined {
  if (price === undefined || price.kind === 'static') return price?.text;
  const sign = price.text.startsWith('-') ? '' : '+';
  return `${sign}${price.text}${price.kind === 'pct' ? '%' : ''}`;
}
