import type * as z from 'zod/mini';

/** The APIs of Futures, by the beginning of their paths. */
export type FuturesApi =
  | '/derivatives/api/v3'
  | '/api/history/v3'
  | '/api/charts/v1'
  | '/api/stats/v1'
  | '/api/auth/v1';

/**
 * - `public`: no key;
 * - `any`: any key;
 * - `read`: a key with read access to what is general;
 * - `full`: a key with full access to what is general;
 * - `withdraw`: a key with full access to transfers.
 */
export type FuturesAccess = 'public' | 'any' | 'read' | 'full' | 'withdraw';

/** What a caller of an endpoint must know. */
export interface FuturesEndpoint<
  Params extends z.core.$ZodType = z.core.$ZodType,
  Result extends z.core.$ZodType = z.core.$ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `https://futures.kraken.com`. */
  readonly api: FuturesApi;
  /** Below `api`; what is in braces comes from the parameter of that name. */
  readonly path: string;
  readonly access: FuturesAccess;
  /** Of the path, the query string or the form. */
  readonly params: Params;
  readonly result: Result;
  /** Changes something: never repeat it blindly. */
  readonly mutates: boolean;
}

/** `endpoint('GET /tickers/{symbol}', 'public', …)` */
/* @__NO_SIDE_EFFECTS__ */
export function endpointOf(api: FuturesApi) {
  return <Params extends z.core.$ZodType, Result extends z.core.$ZodType>(
    line: `${FuturesEndpoint['method']} /${string}`,
    access: FuturesAccess,
    params: Params,
    result: Result,
    mutates = !line.startsWith('GET'),
  ): FuturesEndpoint<Params, Result> => {
    const [method, path] = line.split(' ') as [FuturesEndpoint['method'], string];
    return { method, api, path, access, params, result, mutates };
  };
}
