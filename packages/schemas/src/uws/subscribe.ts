/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
import * as z from 'zod/mini';
import { openEnum, openObject } from '../primitives/index.ts';
import { ackFields, ackOf, requestOf } from '../ws/envelope.ts';
import { subscribeResultFields } from '../ws/subscribe.ts';
import { assetClassEcho } from './asset-class.ts';
import { balancesSubscribeParamsSchema } from './balances.ts';
import { bookSubscribeParamsSchema } from './book.ts';
import { executionsSubscribeParamsSchema } from './executions.ts';
import { instrumentSubscribeParamsSchema } from './instrument.ts';
import { ledgersSubscribeParamsSchema } from './ledgers.ts';
import { level3SubscribeParamsSchema } from './level3.ts';
import { marginSubscribeParamsSchema } from './margin.ts';
import { ohlcSubscribeParamsSchema, tickTypeSchema } from './ohlc.ts';
import { positionsSubscribeParamsSchema } from './positions.ts';
import { tickerSubscribeParamsSchema } from './ticker.ts';
import { tradeSubscribeParamsSchema } from './trade.ts';

/**
 * The subscriptions. How the account channels unsubscribe is not documented: with the same words.
 * https://docs.kraken.com/exchange/api-reference/unified-websocket
 */
export const subscribeParamsSchema = z.discriminatedUnion('channel', [
  tickerSubscribeParamsSchema,
  bookSubscribeParamsSchema,
  level3SubscribeParamsSchema,
  ohlcSubscribeParamsSchema,
  tradeSubscribeParamsSchema,
  instrumentSubscribeParamsSchema,
  executionsSubscribeParamsSchema,
  balancesSubscribeParamsSchema,
  positionsSubscribeParamsSchema,
  marginSubscribeParamsSchema,
  ledgersSubscribeParamsSchema,
]);
export type SubscribeParams = z.output<typeof subscribeParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
export const subscribeRequestSchema = requestOf('subscribe', subscribeParamsSchema);
export type SubscribeRequest = z.output<typeof subscribeRequestSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
export const unsubscribeRequestSchema = requestOf('unsubscribe', subscribeParamsSchema);
export type UnsubscribeRequest = z.output<typeof unsubscribeRequestSchema>;

export const uwsChannels = [
  'ticker',
  'book',
  'level3',
  'ohlc',
  'trade',
  'instrument',
  'executions',
  'balances',
  'positions',
  'margin',
  'ledgers',
] as const;

/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
export const subscribeResultSchema = openObject({
  channel: openEnum(uwsChannels),
  ...subscribeResultFields,
  ...assetClassEcho,
  tick_type: z.optional(tickTypeSchema),
  with_margin: z.optional(z.boolean()),
});
export type SubscribeResult = z.output<typeof subscribeResultSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
export const subscribeAckSchema = ackOf('subscribe', subscribeResultSchema);
export type SubscribeAck = z.output<typeof subscribeAckSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
export const unsubscribeAckSchema = openObject({
  method: z.literal('unsubscribe'),
  success: z.literal(true),
  result: z.optional(subscribeResultSchema),
  ...ackFields,
});
export type UnsubscribeAck = z.output<typeof unsubscribeAckSchema>;
