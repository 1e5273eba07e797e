import { invalidParams } from './errors.ts';
import type { Params } from './params.ts';

/** An endpoint of either venue, as the client needs it. */
export interface Endpoint {
  readonly venue: 'spot' | 'futures';
  /** `AddOrder`, `sendOrder`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the first slash; what is in braces comes from the parameter of that name. */
  readonly path: string;
  readonly access: 'public' | 'private';
  /** What its key needs: `query-funds and add-funds`; `public`, `any key`. */
  readonly permission: string;
  /** Changes something: never repeated by itself. */
  readonly mutates: boolean;
  readonly format: 'json' | 'bytes' | 'text';
  /** Checks parameters; throws a `SchemaError`. `undefined`: any parameters. */
  readonly readParams: ((params: object) => Readonly<Record<string, unknown>>) | undefined;
  /** Parameters that are numbers in a body of JSON; where there are some, JSON is what it takes. */
  readonly jsonNumbers?: readonly string[];
  /** Prints what a form cannot hold as it is: just before signing, when all else has seen it whole. */
  readonly writeParams?: (params: Params) => Params;
  /** Gives a result its type; throws a `SchemaError`. `undefined`: JSON with exact numbers. */
  readonly readResult: ((result: unknown) => unknown) | undefined;
}

export type EndpointTable = Readonly<Record<string, Endpoint>>;

/** The endpoints whose answer is no JSON (unless it is an error). */
export const FORMATS: Readonly<Record<string, Endpoint['format']>> = {
  RetrieveExport: 'bytes',
  accountLogCsv: 'text',
};

export function formatOf(name: string): Endpoint['format'] {
  return FORMATS[name] ?? 'json';
}

/** An endpoint, and the parameters that its path holds. */
export interface FoundEndpoint {
  readonly endpoint: Endpoint;
  readonly fromPath: Readonly<Record<string, string>>;
}

/** The endpoint of a path, given as it stands in the table or with its braces filled. */
export function findEndpoint(
  table: EndpointTable,
  method: string,
  path: string,
): FoundEndpoint | undefined {
  const ofMethod = Object.values(table).filter((endpoint) => endpoint.method === method);
  const exact = ofMethod.find((endpoint) => endpoint.path === path);
  if (exact !== undefined) return { endpoint: exact, fromPath: {} };
  for (const endpoint of ofMethod) {
    const fromPath = matchPath(endpoint.path, path);
    if (fromPath !== undefined) return { endpoint, fromPath };
  }
  return undefined;
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (!template.includes('{') || wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined && part !== text) return undefined;
    if (name !== undefined) found[name] = decoded(text);
  }
  return found;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What a caller says of a path that no table knows. */
export interface UnknownPath {
  readonly mutates?: boolean | undefined;
  readonly access?: 'public' | 'private' | undefined;
}

/**
 * A path that no table knows. What is not a GET is taken for a mutation.
 *
 * @throws RestError `INVALID_PARAMS` for what an URL would not keep as it is
 */
export function unknownEndpoint(
  venue: Endpoint['venue'],
  method: Endpoint['method'],
  path: string,
  { mutates, access }: UnknownPath,
): Endpoint {
  // Without its slash it would name another host; dots would lead to another path than was signed.
  if (!path.startsWith('/') || /[?#\s\\]|\/\.{1,2}(?:\/|$)|\/\//.test(path)) {
    throw invalidParams(
      `${method} request`,
      'path',
      'give it from its first slash, without a query',
    );
  }
  const isPublic = venue === 'spot' && path.startsWith('/0/public/');
  return {
    venue,
    name: path,
    method,
    path,
    access: access ?? (isPublic ? 'public' : 'private'),
    permission: 'not known here',
    mutates: mutates ?? method !== 'GET',
    format: 'json',
    readParams: undefined,
    readResult: undefined,
  };
}
