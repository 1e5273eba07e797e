import { type FuturesEndpointName, futuresEndpoints } from '@kr/schemas/futures-rest';
import { type SpotEndpoint, type SpotEndpointName, spotEndpoints } from '@kr/schemas/rest';

type Schema = SpotEndpoint['params'];

/** An endpoint of either venue, as the client needs it. */
export interface Endpoint {
  readonly venue: 'spot' | 'futures';
  /** `AddOrder`, `sendOrder`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the first slash; what is in braces comes from the parameter of that name. */
  readonly path: string;
  readonly access: 'public' | 'private';
  /** Changes something: never repeated by itself. */
  readonly mutates: boolean;
  readonly format: 'json' | 'bytes' | 'text';
  /** `undefined`: any parameters, any result. */
  readonly params: Schema | undefined;
  readonly result: Schema | undefined;
}

/** The endpoints whose answer is no JSON (unless it is an error). */
const FORMATS: Readonly<Record<string, Endpoint['format']>> = {
  RetrieveExport: 'bytes',
  accountLogCsv: 'text',
};

export function spotEndpoint(name: SpotEndpointName): Endpoint {
  const { method, path, params, result, mutates } = spotEndpoints[name] as SpotEndpoint;
  return {
    venue: 'spot',
    name,
    method,
    path: `/0${path}`,
    access: path.startsWith('/private/') ? 'private' : 'public',
    mutates,
    format: FORMATS[name] ?? 'json',
    params,
    result,
  };
}

export function futuresEndpoint(name: FuturesEndpointName): Endpoint {
  const { method, api, path, access, params, result, mutates } = futuresEndpoints[name];
  return {
    venue: 'futures',
    name,
    method,
    path: `${api}${path}`,
    access: access === 'public' ? 'public' : 'private',
    mutates,
    format: FORMATS[name] ?? 'json',
    params,
    result,
  };
}

/** The endpoint at a path, of those that are known. */
export function findEndpoint(
  endpoints: Readonly<Record<string, Endpoint>>,
  method: string,
  path: string,
): Endpoint | undefined {
  return Object.values(endpoints).find(
    (endpoint) => endpoint.method === method && endpoint.path === path,
  );
}

/** A path that no table knows. What is not a GET is taken for a mutation. */
export function unknownEndpoint(
  venue: Endpoint['venue'],
  method: Endpoint['method'],
  path: string,
  mutates: boolean | undefined,
): Endpoint {
  const isPublic = venue === 'spot' ? path.startsWith('/0/public/') : false;
  return {
    venue,
    name: path,
    method,
    path,
    access: isPublic ? 'public' : 'private',
    mutates: mutates ?? method !== 'GET',
    format: 'json',
    params: undefined,
    result: undefined,
  };
}
