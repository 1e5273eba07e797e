/** https://docs.kraken.com/api/docs/futures-api/auth/check-v-3-api-key */
import * as z from 'zod/mini';
import { openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/auth/check-v-3-api-key */
export const checkApiKeyParamsSchema = openObject({});
export type CheckApiKeyParams = z.output<typeof checkApiKeyParamsSchema>;

const accessSchema = openEnum(['NO_ACCESS', 'READ_ONLY', 'FULL_ACCESS']);

/**
 * The answer has no `result`.
 * https://docs.kraken.com/api/docs/futures-api/auth/check-v-3-api-key
 */
export const checkApiKeyResultSchema = openObject({
  apiKey: z.string(),
  accountUid: z.string(),
  iiban: z.optional(z.nullable(z.string())),
  createdAt: z.string(),
  permissions: openObject({ general: accessSchema, transfer: accessSchema }),
  allowedCidrBlocks: z.optional(z.nullable(z.array(z.string()))),
});
export type CheckApiKeyResult = z.output<typeof checkApiKeyResultSchema>;
