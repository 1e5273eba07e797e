/** https://docs.kraken.com/api/docs/rest-api/create-subaccount */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/create-subaccount */
export const createSubaccountParamsSchema = openObject({
  username: z.string(),
  email: z.string(),
});
export type CreateSubaccountParams = z.output<typeof createSubaccountParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/create-subaccount */
export const createSubaccountResultSchema = z.boolean();
export type CreateSubaccountResult = z.output<typeof createSubaccountResultSchema>;
