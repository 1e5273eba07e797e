/** https://docs.kraken.com/api/docs/futures-api/websocket/notifications */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/notifications */
export const notificationSchema = openObject({
  id: z.union([integerSchema, z.string()]),
  type: openEnum(['market', 'general', 'new_feature', 'bug_fix', 'maintenance', 'settlement']),
  priority: openEnum(['low', 'medium', 'high']),
  note: z.string(),
  /** Milliseconds, or a timestamp. */
  effective_time: z.union([integerSchema, z.string()]),
  expected_downtime_minutes: z.optional(integerSchema),
});
export type Notification = z.output<typeof notificationSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/notifications */
export const notificationsFrameSchema = openObject({
  feed: z.literal('notifications_auth'),
  notifications: z.array(notificationSchema),
});
export type NotificationsFrame = z.output<typeof notificationsFrameSchema>;
