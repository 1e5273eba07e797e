/** https://docs.kraken.com/api/docs/rest-api/get-api-key-info */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-api-key-info */
export const getApiKeyInfoParamsSchema = openObject({ otp: z.optional(z.string()) });
export type GetApiKeyInfoParams = z.output<typeof getApiKeyInfoParamsSchema>;

/**
 * Times are unix seconds as text, `"0"` when unset.
 * https://docs.kraken.com/api/docs/rest-api/get-api-key-info
 */
export const getApiKeyInfoResultSchema = openObject({
  apiKeyName: z.string(),
  apiKey: z.string(),
  nonce: z.string(),
  nonceWindow: integerSchema,
  permissions: z.array(
    openEnum([
      'query-funds',
      'add-funds',
      'withdraw-funds',
      'earn-funds',
      'query-open-trades',
      'query-closed-trades',
      'modify-trades',
      'close-trades',
      'query-ledger',
      'export-data',
      'create-ws-token',
      'add-withdraw-address',
      'update-withdraw-address',
    ]),
  ),
  iban: z.optional(z.string()),
  validUntil: z.string(),
  queryFrom: z.string(),
  queryTo: z.string(),
  createdTime: z.string(),
  modifiedTime: z.string(),
  ipAllowlist: z.array(z.string()),
  lastUsed: z.nullable(z.string()),
});
export type GetApiKeyInfoResult = z.output<typeof getApiKeyInfoResultSchema>;
