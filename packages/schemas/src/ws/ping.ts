/** https://docs.kraken.com/api/docs/websocket-v2/ping */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { ackTimes, requestIdSchema } from './envelope.ts';

/** Takes no `params`: with one it is refused. */
export const pingRequestSchema = /* @__PURE__ */ openObject({
  method: z.literal('ping'),
  req_id: requestIdSchema,
});
export type PingRequest = z.output<typeof pingRequestSchema>;

export const pongAckSchema = /* @__PURE__ */ openObject({
  method: z.literal('pong'),
  success: z.optional(z.literal(true)),
  result: z.optional(openObject({ warnings: z.optional(z.array(z.string())) })),
  ...ackTimes,
});
export type PongAck = z.output<typeof pongAckSchema>;
