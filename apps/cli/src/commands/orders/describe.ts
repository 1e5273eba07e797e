import { isDecimal, multiplyDecimals, trimDecimal } from '@kr/orderbook/decimal';
import type { NewOrder } from '@kr/rest';
import type { Order } from '@kr/schemas/rest';
import type { ListedPair } from '../../symbols/listing.ts';
import type { Desk } from './desk.ts';

/** An order that stands, in one line. */
export const describeOpen = ({ descr, vol, vol_exec }: Order, { listing }: Desk): string => {
  const symbol = listing.find(descr.pair)?.symbol ?? descr.pair;
  const filled = /[1-9]/.test(vol_exec) ? `, ${trimDecimal(vol_exec)} filled` : '';
  const price = /[1-9]/.test(descr.price) ? ` ${descr.price}` : '';
  return `${descr.type} ${trimDecimal(vol)} ${symbol} @ ${descr.ordertype}${price}${filled}`;
};

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
