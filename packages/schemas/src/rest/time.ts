/** https://docs.kraken.com/api/docs/rest-api/get-server-time */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-server-time */
export const timeParamsSchema = openObject({});
export type TimeParams = z.output<typeof timeParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-server-time */
export const timeResultSchema = openObject({
  /** Seconds. */
  unixtime: integerSchema,
  /** `Sun, 21 Mar 21 14:23:14 +0000` */
  rfc1123: z.string(),
});
export type TimeResult = z.output<typeof timeResultSchema>;
