/** https://docs.kraken.com/api/docs/websocket-v2/ticker */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';

/**
 * `change`, `change_pct`, `high`, `low`, `volume` and `vwap` roll over 24 hours.
 * https://docs.kraken.com/api/docs/websocket-v2/ticker
 */
export const tickerSchema = openObject({
  symbol: z.string(),
  bid: decimalSchema,
  bid_qty: decimalSchema,
  ask: decimalSchema,
  ask_qty: decimalSchema,
  /** Sure to be there only when something traded in the last 24 hours. */
  last: z.optional(decimalSchema),
  volume: decimalSchema,
  vwap: decimalSchema,
  low: decimalSchema,
  high: decimalSchema,
  change: decimalSchema,
  change_pct: decimalSchema,
  /** Absent in 2024. */
  timestamp: z.optional(timestampSchema),
});
export type Ticker = z.output<typeof tickerSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/ticker */
export const tickerFrameSchema = openObject({
  channel: z.literal('ticker'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(tickerSchema),
});
export type TickerFrame = z.output<typeof tickerFrameSchema>;

const eventTriggerSchema = openEnum(['trades', 'bbo']);

/** https://docs.kraken.com/api/docs/websocket-v2/ticker */
export const tickerSubscribeParamsSchema = openObject({
  channel: z.literal('ticker'),
  symbol: z.array(z.string()),
  /** `trades` when absent. */
  event_trigger: z.optional(eventTriggerSchema),
  snapshot: z.optional(z.boolean()),
});
export type TickerSubscribeParams = z.output<typeof tickerSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/ticker */
export const tickerUnsubscribeParamsSchema = openObject({
  channel: z.literal('ticker'),
  symbol: z.array(z.string()),
  event_trigger: z.optional(eventTriggerSchema),
});
export type TickerUnsubscribeParams = z.output<typeof tickerUnsubscribeParamsSchema>;
