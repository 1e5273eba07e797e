/**
 * What every request and acknowledgement of the v2 sockets has in common.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';

/**
 * Ours, echoed in every acknowledgement of the request: one a symbol, one an order.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const requestIdSchema = z.optional(integerSchema);

/** The fields of an acknowledgement beside `method`, `result` and `success`. */
export const ackFields = {
  req_id: requestIdSchema,
  /** When the server read the request. */
  time_in: z.optional(timestampSchema),
  /** When it answered. */
  time_out: z.optional(timestampSchema),
};

/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const warningsSchema = z.optional(z.array(z.string()));

/** `{"method": …, "params": …, "req_id": …}` */
/* @__NO_SIDE_EFFECTS__ */
export function requestOf<const Method extends string, Params extends z.core.$ZodType>(
  method: Method,
  params: Params,
): z.ZodMiniObject<{
  method: z.ZodMiniLiteral<Method>;
  params: Params;
  req_id: typeof requestIdSchema;
}> {
  return openObject({ method: z.literal(method), params, req_id: requestIdSchema });
}

/** What was asked and done. What was refused is a {@link FailedAck}. */
/* @__NO_SIDE_EFFECTS__ */
export function ackOf<const Method extends string, Result extends z.core.$ZodType>(
  method: Method,
  result: Result,
): z.ZodMiniObject<
  {
    method: z.ZodMiniLiteral<Method>;
    success: z.ZodMiniLiteral<true>;
    result: Result;
  } & typeof ackFields
> {
  return openObject({ method: z.literal(method), success: z.literal(true), result, ...ackFields });
}

export const wsMethods = [
  'subscribe',
  'unsubscribe',
  'ping',
  'add_order',
  'amend_order',
  'edit_order',
  'cancel_order',
  'cancel_all',
  'cancel_all_orders_after',
  'batch_add',
  'batch_cancel',
] as const;

/**
 * A plain text to the compiler: the open enumeration would be comparable with every method, and
 * `ack.method === 'add_order'` would not narrow.
 */
const refusedMethodSchema: z.ZodMiniType<string, string> = openEnum([...wsMethods, 'pong']);

/**
 * Whatever was asked and refused. `error` is one text; `parseKrakenError` reads it.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const failedAckSchema = openObject({
  method: refusedMethodSchema,
  /** Absent where a text in `error` alone says that it was refused. */
  success: z.optional(z.literal(false)),
  error: z.string(),
  /** Some refusals of subscriptions name their symbol; some do not, and only `req_id` tells. */
  symbol: z.optional(z.string()),
  status: z.optional(z.string()),
  ...ackFields,
});
export type FailedAck = z.output<typeof failedAckSchema>;

const protocolErrorFields = { success: z.optional(z.literal(false)), ...ackFields };

/**
 * An error that answers no request: `{"error":"Exceeded msg rate"}`; the field's case varies.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const protocolErrorSchema = z.union([
  openObject({ error: z.string(), ...protocolErrorFields }),
  openObject({ Error: z.string(), ...protocolErrorFields }),
]);
export type ProtocolError = z.output<typeof protocolErrorSchema>;
