/** https://docs.kraken.com/api/docs/rest-api/get-websockets-token */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-websockets-token */
export const getWebSocketsTokenParamsSchema = openObject({});
export type GetWebSocketsTokenParams = z.output<typeof getWebSocketsTokenParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-websockets-token */
export const getWebSocketsTokenResultSchema = openObject({
  token: z.string(),
  /** Seconds until which it must have been used. */
  expires: integerSchema,
});
export type GetWebSocketsTokenResult = z.output<typeof getWebSocketsTokenResultSchema>;
