import { isDecimal, multiplyDecimals, trimDecimal } from '@kr/orderbook/decimal';
import type { NewOrder } from '@kr/rest';
import type { ListedPair } from '../../symbols/listing.ts';

/** An order in one line, with what it comes to. */
export const describeOrder = (
  order: Omit<NewOrder, 'pair'>,
  { symbol, quote }: ListedPair,
): string => {
  const { type, volume, ordertype, price, price2, timeinforce, expiretm, oflags, leverage } = order;
  const total =
    price !== undefined && isDecimal(price) && isDecimal(volume)
      ? ` = ${trimDecimal(multiplyDecimals(price, volume))} ${quote}`
      : '';
  return [
    `${type} ${volume} ${symbol} @ ${ordertype}${price === undefined ? '' : ` ${price}`}${total}`,
    price2 === undefined ? '' : `then ${price2}`,
    timeinforce ?? '',
    expiretm === undefined ? '' : `until ${expiretm}`,
    oflags === 'post' ? 'post only' : '',
    order.reduce_only === true ? 'reduce only' : '',
    leverage === undefined ? '' : `leverage ${leverage}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};
