import * as z from 'zod/mini';
import { idSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/status */
export const statusSchema = openObject({
  system: openEnum(['online', 'cancel_only', 'maintenance', 'post_only']),
  api_version: z.string(),
  /** A u64, past 2^53. Absent in some frames sent while the engine changes state. */
  connection_id: z.optional(idSchema),
  version: z.string(),
  /** Seen in 2026, not documented. */
  upcoming_maintenance: z.optional(z.array(z.unknown())),
  emergency: z.optional(z.array(z.unknown())),
});
export type Status = z.output<typeof statusSchema>;

/**
 * Pushed on connect and whenever the engine changes state; cannot be subscribed to.
 * https://docs.kraken.com/api/docs/websocket-v2/status
 */
export const statusFrameSchema = openObject({
  channel: z.literal('status'),
  type: z.literal('update'),
  data: z.array(statusSchema),
});
export type StatusFrame = z.output<typeof statusFrameSchema>;
