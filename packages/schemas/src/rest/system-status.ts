/** https://docs.kraken.com/api/docs/rest-api/get-system-status */
import type * as z from 'zod/mini';
import { openEnum, openObject, timestampSchema } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-system-status */
export const systemStatusParamsSchema = openObject({});
export type SystemStatusParams = z.output<typeof systemStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-system-status */
export const systemStatusResultSchema = openObject({
  status: openEnum(['online', 'maintenance', 'cancel_only', 'post_only']),
  timestamp: timestampSchema,
});
export type SystemStatusResult = z.output<typeof systemStatusResultSchema>;
