import type { Order, OrderRequest, PriceText } from '../exchange/index.ts';
import { OrderText, writtenPrice } from '../paper/order-text.ts';
import { readOrderParams } from './paper-order-params.ts';
import { textOf, type WireParams } from './request-params.ts';
import { SpotRefusal } from './spot-refusal.ts';

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
  const edited = readOrderParams(
    {
      ordertype: order.type,
      type: order.side,
      volume: textOf(params['volume']) ?? text.quantity(order.lots),
      price: textOf(params['price']) ?? first,
      price2: textOf(params['price2']) ?? second,
      displayvol: textOf(params['displayvol']) ?? displayed,
      oflags: textOf(params['oflags']) ?? (order.postOnly ? 'post' : ''),
      leverage: order.leverage === undefined ? 'none' : String(order.leverage),
      userref: params['userref'] ?? params['newuserref'] ?? order.userReference,
    },
    market.instrument.symbol,
    nowNs,
  );
  if (edited instanceof SpotRefusal) return edited;
  const { timeInForce, expireNs, reduceOnly, selfTrade, senderSubId, feeAsset } = order;
  return {
    ...edited,
    ...{ timeInForce, expireNs, reduceOnly, selfTrade, senderSubId, feeAsset },
    triggerReference: trigger?.reference,
  };
}

function written(price: PriceText | undefined): string | undefined {
  return price === undefined ? undefined : writtenPrice(price);
}
