import type { FuturesEndpointName, futuresEndpoints } from '@kr/schemas/futures-rest';
import type { CallOptions, ClientOptions } from './call-options.ts';
import { createCaller } from './caller.ts';
import { type Endpoint, type EndpointTable, findEndpoint, unknownEndpoint } from './endpoint.ts';
import { FUTURES_NAMES } from './endpoint-names.ts';
import { FUTURES_V3_NOTICE, type FuturesNotice } from './futures-notice.ts';
import { type Method, type MethodName, methodName, type OutputOf } from './method-types.ts';
import type { Params } from './params.ts';
import type { RequestOptions } from './spot-client.ts';

export type FuturesParams<Name extends FuturesEndpointName> = OutputOf<
  (typeof futuresEndpoints)[Name]['params']
>;
export type FuturesResult<Name extends FuturesEndpointName> = OutputOf<
  (typeof futuresEndpoints)[Name]['result']
>;

/** One method for each endpoint: `client.sendOrder(params)` is `POST /derivatives/api/v3/sendorder`. */
export type FuturesMethods = {
  readonly [Name in FuturesEndpointName as MethodName<Name>]: Method<
    FuturesParams<Name>,
    FuturesResult<Name>
  >;
};

export interface FuturesClientOptions extends ClientOptions {
  /** Told once, with the first call: this API ends on 1 March 2027. */
  readonly onNotice?: ((notice: FuturesNotice) => void) | undefined;
}

export interface FuturesClientBase extends AsyncDisposable {
  /** Any path: `request('GET', '/derivatives/api/v3/tickers/PF_XBTUSD')`. Known ones are checked as their methods are. */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    params?: Params,
    options?: RequestOptions,
  ): Promise<unknown>;
  close(): Promise<void>;
}

export type FuturesClient = FuturesClientBase & FuturesMethods;

/** The schemas, and with them zod, are loaded by the first call. */
async function loadTable(): Promise<EndpointTable> {
  return (await import('./futures-table.ts')).futuresTable;
}

/**
 * A client of Futures REST. It opens nothing until its first call.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function createFuturesClient(options: FuturesClientOptions): FuturesClient {
  const caller = createCaller('futures', options);
  let told = false;
  const call = (endpoint: Endpoint, params: object, callOptions?: CallOptions) => {
    if (!told) {
      told = true;
      options.onNotice?.(FUTURES_V3_NOTICE);
    }
    return caller.call(endpoint, params, callOptions);
  };
  const callNamed = async (name: string, params: object, callOptions?: CallOptions) => {
    const endpoint = (await loadTable())[name];
    if (endpoint === undefined) throw new TypeError(`There is no endpoint ${name}.`);
    return call(endpoint, params, callOptions);
  };
  const methods = FUTURES_NAMES.map((name) => [
    methodName(name),
    (params: object = {}, callOptions?: CallOptions) => callNamed(name, params, callOptions),
  ]);
  const base: FuturesClientBase = {
    request: async (method, path, params = {}, requestOptions = {}) => {
      const table = await loadTable();
      const known = findEndpoint(table, method, path);
      const endpoint =
        known?.endpoint ?? unknownEndpoint(table, 'futures', method, path, requestOptions);
      return call(endpoint, { ...params, ...known?.fromPath }, requestOptions);
    },
    close: () => caller.close(),
    [Symbol.asyncDispose]: () => caller.close(),
  };
  return { ...(Object.fromEntries(methods) as FuturesMethods), ...base };
}
