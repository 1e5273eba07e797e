import { type SpotEndpointName, spotEndpoints } from '@kr/schemas/rest';
import type { CallOptions, ClientOptions } from './call-options.ts';
import { createCaller } from './caller.ts';
import { type Endpoint, findEndpoint, spotEndpoint, unknownEndpoint } from './endpoint.ts';
import { type Method, type MethodName, methodName, type OutputOf } from './method-types.ts';
import type { Params } from './params.ts';

export type SpotParams<Name extends SpotEndpointName> = OutputOf<
  (typeof spotEndpoints)[Name]['params']
>;
export type SpotResult<Name extends SpotEndpointName> = OutputOf<
  (typeof spotEndpoints)[Name]['result']
>;

/** One method for each endpoint: `client.addOrder(params)` is `POST /0/private/AddOrder`. */
export type SpotMethods = {
  readonly [Name in SpotEndpointName as MethodName<Name>]: Method<
    SpotParams<Name>,
    SpotResult<Name>
  >;
};

export interface RequestOptions extends CallOptions {
  /** Whether a path that no table knows changes something. @defaultValue true, unless it is a GET */
  readonly mutates?: boolean | undefined;
}

export interface SpotClientBase extends AsyncDisposable {
  /** Any path: `request('POST', '/0/private/Balance')`. Known ones are checked as their methods are. */
  request(
    method: 'GET' | 'POST',
    path: string,
    params?: Params,
    options?: RequestOptions,
  ): Promise<unknown>;
  /** The zip of a report as it arrives, however large. */
  streamExport(
    params: SpotParams<'RetrieveExport'>,
    options?: CallOptions,
  ): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

export type SpotClient = SpotClientBase & SpotMethods;

/** Every endpoint of Spot, from the table of `@kr/schemas`. */
const endpoints: Readonly<Record<string, Endpoint>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.keys(spotEndpoints).map((name) => [
    name,
    spotEndpoint(name as SpotEndpointName),
  ]),
);

/**
 * A client of Spot REST. It opens nothing until its first call.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function createSpotClient(options: ClientOptions): SpotClient {
  const caller = createCaller('spot', options);
  const methods = Object.values(endpoints).map((endpoint) => [
    methodName(endpoint.name),
    (params: object = {}, callOptions?: CallOptions) => caller.call(endpoint, params, callOptions),
  ]);
  const base: SpotClientBase = {
    request: (method, path, params = {}, requestOptions = {}) => {
      const known = findEndpoint(endpoints, method, path);
      const endpoint = known ?? unknownEndpoint('spot', method, path, requestOptions.mutates);
      return caller.call(endpoint, params, requestOptions);
    },
    streamExport: (params, callOptions) =>
      caller.stream(spotEndpoint('RetrieveExport'), params, callOptions),
    close: () => caller.close(),
    [Symbol.asyncDispose]: () => caller.close(),
  };
  return { ...(Object.fromEntries(methods) as SpotMethods), ...base };
}
