import type * as z from 'zod/mini';

/** What a caller of an endpoint must know. */
export interface SpotEndpoint<
  Params extends z.core.$ZodType = z.core.$ZodType,
  Result extends z.core.$ZodType = z.core.$ZodType,
> {
  readonly method: 'GET' | 'POST';
  /** Below `https://api.kraken.com/0`: `/public/Time`. */
  readonly path: string;
  /** Of the query string, or of the body beside `nonce` and `otp`. */
  readonly params: Params;
  readonly result: Result;
  /** Changes something: never repeat it blindly. */
  readonly mutates: boolean;
  /** Of the key: all of one of these sets. None: public, or any key will do. */
  readonly permissions: readonly Permissions[];
}

type Permissions = readonly string[];

/* @__NO_SIDE_EFFECTS__ */
export function publicEndpoint<Params extends z.core.$ZodType, Result extends z.core.$ZodType>(
  name: string,
  params: Params,
  result: Result,
): SpotEndpoint<Params, Result> {
  return {
    method: 'GET',
    path: `/public/${name}`,
    params,
    result,
    mutates: false,
    permissions: [],
  };
}

/* @__NO_SIDE_EFFECTS__ */
export function privateQuery<Params extends z.core.$ZodType, Result extends z.core.$ZodType>(
  name: string,
  params: Params,
  result: Result,
  ...permissions: readonly Permissions[]
): SpotEndpoint<Params, Result> {
  return { method: 'POST', path: `/private/${name}`, params, result, mutates: false, permissions };
}

/* @__NO_SIDE_EFFECTS__ */
export function privateMutation<Params extends z.core.$ZodType, Result extends z.core.$ZodType>(
  name: string,
  params: Params,
  result: Result,
  ...permissions: readonly Permissions[]
): SpotEndpoint<Params, Result> {
  return { method: 'POST', path: `/private/${name}`, params, result, mutates: true, permissions };
}
