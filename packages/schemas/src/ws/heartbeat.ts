import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

/**
 * About one a second while nothing else is sent, once anything is subscribed.
 * https://docs.kraken.com/api/docs/websocket-v2/heartbeat
 */
export const heartbeatFrameSchema = openObject({ channel: z.literal('heartbeat') });
export type HeartbeatFrame = z.output<typeof heartbeatFrameSchema>;
