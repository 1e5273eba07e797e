/** https://docs.kraken.com/api/docs/futures-api/trading/general and https://docs.kraken.com/api/docs/guides/futures-rest */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** Of every answer that is no error. It says that the request was received, not that it worked. */
export const successFields = {
  result: z.literal('success'),
  serverTime: z.optional(z.string()),
};

/**
 * For requests that are answered with nothing else.
 * https://docs.kraken.com/api/docs/futures-api/trading/general
 */
export const successResultSchema = openObject(successFields);
export type SuccessResult = z.output<typeof successResultSchema>;

/**
 * `parseFuturesError` reads the texts.
 * https://docs.kraken.com/api/docs/futures-api/trading/general
 */
export const errorResultSchema = openObject({
  result: z.literal('error'),
  serverTime: z.optional(z.string()),
  error: openEnum([
    'accountInactive',
    'apiLimitExceeded',
    'authenticationError',
    'insufficientFunds',
    'insufficientPrivileges',
    'invalidAccount',
    'invalidAmount',
    'invalidArgument',
    'invalidUnit',
    'Json Parse Error',
    'marketUnavailable',
    'nonceBelowThreshold',
    'nonceDuplicate',
    'notFound',
    'requiredArgumentMissing',
    'Server Error',
    'Unavailable',
    'unknownError',
  ]),
  errors: z.optional(z.array(z.unknown())),
});
export type ErrorResult = z.output<typeof errorResultSchema>;

/**
 * The other shape of errors, seen on newer endpoints: `{"status":"BAD_REQUEST","errors":[{"code":…}]}`.
 * https://docs.kraken.com/api/docs/futures-api/trading/general
 */
export const statusErrorResultSchema = openObject({
  status: z.string(),
  errors: z.array(
    openObject({
      code: z.optional(z.union([integerSchema, z.string()])),
      message: z.optional(z.string()),
    }),
  ),
});
export type StatusErrorResult = z.output<typeof statusErrorResultSchema>;
