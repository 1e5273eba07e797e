/** https://docs.kraken.com/api/docs/futures-api/websocket/open_position */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openObject } from '../primitives/index.ts';

const decimal = z.optional(z.nullable(decimalSchema));

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_position */
export const openPositionSchema = openObject({
  instrument: z.string(),
  /** Signed. */
  balance: decimalSchema,
  pnl: decimal,
  entry_price: decimal,
  mark_price: decimal,
  index_price: decimal,
  liquidation_threshold: decimal,
  effective_leverage: decimal,
  return_on_equity: decimal,
  unrealized_funding: decimal,
  initial_margin: decimal,
  initial_margin_with_orders: decimal,
  maintenance_margin: decimal,
  pnl_currency: z.optional(z.nullable(z.string())),
  max_fixed_leverage: decimal,
  // Of options.
  iv: decimal,
  delta: decimal,
  gamma: decimal,
  vega: decimal,
  theta: decimal,
  rho: decimal,
});
export type OpenPosition = z.output<typeof openPositionSchema>;

/**
 * All positions every time: what is missing is closed.
 * https://docs.kraken.com/api/docs/futures-api/websocket/open_position
 */
export const openPositionsFrameSchema = openObject({
  feed: z.literal('open_positions'),
  account: z.string(),
  positions: z.array(openPositionSchema),
  seq: integerSchema,
  /** Milliseconds. */
  timestamp: integerSchema,
});
export type OpenPositionsFrame = z.output<typeof openPositionsFrameSchema>;
