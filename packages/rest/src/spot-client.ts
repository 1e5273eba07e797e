import type { SpotEndpointName, spotEndpoints } from '@kr/schemas/rest';
import type { CallOptions, ClientOptions } from './call-options.ts';
import { createCaller } from './caller.ts';
import { type Endpoint, type EndpointTable, findEndpoint, unknownEndpoint } from './endpoint.ts';
import { SPOT_NAMES } from './endpoint-names.ts';
import { type Method, type MethodName, methodName, type OutputOf } from './method-types.ts';
import { type PairTable, withCanonicalNames, withRequestNames } from './pair-names.ts';
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

export interface SpotClientOptions extends ClientOptions {
  /**
   * With a table, every parameter that is a pair takes any of its names (`BTC/USD`, `XBT/USD`,
   * `XBTUSD`, `XXBTZUSD`), and answers name pairs canonically: `BTC/USD`. Without one, both are as the
   * exchange has them. `createSymbolTable({ assetPairs })` of `@kr/schemas/symbols` makes one;
   * `{ pair: (name) => table?.pair(name) }` does for one that comes later, or is renewed.
   */
  readonly symbols?: PairTable | undefined;
}

export interface RequestOptions extends CallOptions {
  /** Whether a path that no table knows changes something. @defaultValue true, unless it is a GET */
  readonly mutates?: boolean | undefined;
  /** Whether a path that no table knows is signed. @defaultValue private, but for `/0/public/` */
  readonly access?: 'public' | 'private' | undefined;
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

/** The schemas, and with them zod, are loaded by the first call. */
async function loadTable(): Promise<EndpointTable> {
  return (await import('./spot-table.ts')).spotTable;
}

/**
 * A client of Spot REST. It opens nothing until its first call.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function createSpotClient(options: SpotClientOptions): SpotClient {
  const { symbols } = options;
  const caller = createCaller('spot', options);
  const call = async (endpoint: Endpoint, params: object, callOptions?: CallOptions) => {
    if (symbols === undefined) return caller.call(endpoint, params, callOptions);
    const { name } = endpoint;
    const answer = await caller.call(
      endpoint,
      withRequestNames(symbols, name, params),
      callOptions,
    );
    return withCanonicalNames(symbols, name, answer);
  };
  const callNamed = async (name: string, params: object, callOptions?: CallOptions) => {
    const endpoint = (await loadTable())[name];
    if (endpoint === undefined) throw new TypeError(`There is no endpoint ${name}.`);
    return call(endpoint, params, callOptions);
  };
  const methods = SPOT_NAMES.map((name) => [
    methodName(name),
    (params: object = {}, callOptions?: CallOptions) => callNamed(name, params, callOptions),
  ]);
  const base: SpotClientBase = {
    request: async (method, path, params = {}, requestOptions = {}) => {
      const table = await loadTable();
      const known = findEndpoint(table, method, path);
      const endpoint =
        known?.endpoint ?? unknownEndpoint(table, 'spot', method, path, requestOptions);
      return call(endpoint, params, requestOptions);
    },
    streamExport: async (params, callOptions) => {
      const { RetrieveExport: endpoint } = await loadTable();
      if (endpoint === undefined) throw new TypeError('There is no endpoint RetrieveExport.');
      return caller.stream(endpoint, params, callOptions);
    },
    close: () => caller.close(),
    [Symbol.asyncDispose]: () => caller.close(),
  };
  return { ...(Object.fromEntries(methods) as SpotMethods), ...base };
}
