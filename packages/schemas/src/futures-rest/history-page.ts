/**
 * What every page of `/api/history/v3` has in common.
 * https://docs.kraken.com/api/docs/futures-api/history/account-history
 */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';

export const pageParams = {
  /** Milliseconds. */
  since: z.optional(integerSchema),
  /** Milliseconds. */
  before: z.optional(integerSchema),
  /** `desc` when absent. */
  sort: z.optional(openEnum(['asc', 'desc'])),
  continuation_token: z.optional(z.string()),
  count: z.optional(integerSchema),
};

/** Ask again with `continuationToken` until there is none. */
/* @__NO_SIDE_EFFECTS__ */
export function pageOf<Element extends z.core.$ZodType>(
  element: Element,
): z.ZodMiniObject<{
  accountUid: z.ZodMiniOptional<z.ZodMiniString>;
  len: typeof integerSchema;
  serverTime: z.ZodMiniOptional<z.ZodMiniString>;
  elements: z.ZodMiniArray<Element>;
  continuationToken: z.ZodMiniOptional<z.ZodMiniString>;
}> {
  return openObject({
    accountUid: z.optional(z.string()),
    len: integerSchema,
    serverTime: z.optional(z.string()),
    elements: z.array(element),
    continuationToken: z.optional(z.string()),
  });
}

/** One element: `{"uid", "timestamp", "event": {"OrderPlaced": {…}}}`. */
/* @__NO_SIDE_EFFECTS__ */
export function elementOf<Event extends z.core.$ZodType>(
  event: Event,
): z.ZodMiniObject<{
  uid: z.ZodMiniString;
  timestamp: typeof integerSchema;
  event: Event;
}> {
  return openObject({ uid: z.string(), timestamp: integerSchema, event });
}
