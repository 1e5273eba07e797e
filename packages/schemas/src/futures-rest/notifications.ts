/** https://docs.kraken.com/api/docs/futures-api/trading/get-notifications */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-notifications */
export const notificationsParamsSchema = openObject({});
export type NotificationsParams = z.output<typeof notificationsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-notifications */
export const notificationsResultSchema = openObject({
  ...successFields,
  notifications: z.array(
    openObject({
      type: openEnum(['new_feature', 'bug_fix', 'settlement', 'general', 'maintenance', 'market']),
      priority: openEnum(['low', 'medium', 'high']),
      note: z.string(),
      effectiveTime: timestampSchema,
      expectedDowntimeMinutes: z.optional(z.nullable(integerSchema)),
    }),
  ),
});
export type NotificationsResult = z.output<typeof notificationsResultSchema>;
