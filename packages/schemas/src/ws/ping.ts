/** https://docs.kraken.com/api/docs/websocket-v2/ping */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { ackFields, requestIdSchema, warningsSchema } from './envelope.ts';

/**
 * Takes no `params`: with one it is refused.
 * https://docs.kraken.com/api/docs/websocket-v2/ping
 */
export const pingRequestSchema = openObject({
  method: z.literal('ping'),
  req_id: requestIdSchema,
});
export type PingRequest = z.output<typeof pingRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/ping */
export const pongAckSchema = openObject({
  method: z.literal('pong'),
  success: z.optional(z.literal(true)),
  result: z.optional(openObject({ warnings: warningsSchema })),
  ...ackFields,
});
export type PongAck = z.output<typeof pongAckSchema>;
