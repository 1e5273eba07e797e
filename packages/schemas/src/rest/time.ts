/** https://docs.kraken.com/api/docs/rest-api/get-server-time */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

export const timeParamsSchema = openObject({});
export type TimeParams = z.output<typeof timeParamsSchema>;

export const timeResultSchema = openObject({
  /** Seconds. */
  unixtime: integerSchema,
  /** `Sun, 21 Mar 21 14:23:14 +0000` */
  rfc1123: z.string(),
});
export type TimeResult = z.output<typeof timeResultSchema>;
