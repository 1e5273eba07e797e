/** https://docs.kraken.com/api/docs/websocket-v1/systemstatus */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum } from '../primitives/index.ts';

/**
 * Time in seconds with a fraction, as text: `1534614248.456738`.
 * https://docs.kraken.com/api/docs/websocket-v1/systemstatus
 */
export const epochSchema = decimalStringSchema;

/** https://docs.kraken.com/api/docs/websocket-v1/systemstatus */
export const systemStatusSchema = openEnum(['online', 'cancel_only', 'maintenance', 'post_only']);

/**
 * Without its depth or interval; `*` is every channel, to unsubscribe.
 * https://docs.kraken.com/api/docs/websocket-v1/systemstatus
 */
export const channelNameSchema = openEnum([
  'ticker',
  'ohlc',
  'trade',
  'spread',
  'book',
  'openOrders',
  'ownTrades',
  '*',
]);

/** `book-10`, `ohlc-5`: the channel and its depth or interval. */
/* @__NO_SIDE_EFFECTS__ */
export function numberedChannel<const Name extends string>(
  name: Name,
): z.ZodMiniType<`${Name}-${number}`, `${Name}-${number}`> {
  return z.string().check(z.regex(new RegExp(`^${name}-\\d+$`))) as never;
}
