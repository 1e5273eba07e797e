/** What every request and acknowledgement of the v2 sockets has in common. */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';

/** Ours, echoed in every acknowledgement of the request (one a symbol, for subscriptions). */
export const requestIdSchema = /* @__PURE__ */ z.optional(integerSchema);

/** The fields of an acknowledgement, beside `method`, `result` and `success`. */
export const ackTimes = {
  req_id: requestIdSchema,
  /** When the server read the request, and when it answered. */
  time_in: /* @__PURE__ */ z.optional(timestampSchema),
  time_out: /* @__PURE__ */ z.optional(timestampSchema),
};

/** Whatever was asked and refused. `error` is one text; `parseKrakenError` reads it. */
export const failedAckSchema = /* @__PURE__ */ openObject({
  method: openEnum([
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
  ]),
  success: z.literal(false),
  error: z.string(),
  /** Some refusals of subscriptions name their symbol; some do not, and only `req_id` tells. */
  symbol: z.optional(z.string()),
  status: z.optional(z.string()),
  ...ackTimes,
});
export type FailedAck = z.output<typeof failedAckSchema>;

/** An error that answers no request: `{"error":"Exceeded msg rate"}`; the field's case varies. */
export const protocolErrorSchema = /* @__PURE__ */ z.union([
  /* @__PURE__ */ openObject({ error: z.string(), ...ackTimes }),
  /* @__PURE__ */ openObject({ Error: z.string(), ...ackTimes }),
]);
export type ProtocolError = z.output<typeof protocolErrorSchema>;
