/** https://docs.kraken.com/api/docs/futures-api/websocket/heartbeat */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/heartbeat */
export const heartbeatFrameSchema = openObject({
  feed: z.literal('heartbeat'),
  /** Milliseconds. */
  time: integerSchema,
});
export type HeartbeatFrame = z.output<typeof heartbeatFrameSchema>;
