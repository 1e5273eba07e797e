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

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE']);

/**
 * A path that the table does not know with this method. What is not a GET is taken for a mutation, and so
 * is a GET of a path that the table knows by another method: it may do what that does.
 *
 * @throws RestError `INVALID_PARAMS` for what an URL would not keep as it is, and for a method that the
 * venue does not take
 */
export function unknownEndpoint(
  table: EndpointTable,
  venue: Endpoint['venue'],
  method: Endpoint['method'],
  path: string,
  { mutates, access }: UnknownPath,
): Endpoint {
  assertPath(method, path);
  const isPublic = venue === 'spot' && path.startsWith('/0/public/');
  const resolved = access ?? (isPublic ? 'public' : 'private');
  // A signed request of Spot is a POST: as a GET it would be taken for a read, and repeated.
  const takes = venue === 'spot' && resolved === 'private' ? new Set(['POST']) : METHODS;
  if (!takes.has(method)) {
    const reason = `${path} takes ${[...takes].join(', ')}`;
    throw invalidParams(`${method} request`, 'method', reason);
  }
  const isRead = method === 'GET' && !Object.values(table).some((known) => known.path === path);
  return {
    venue,
    name: path,
    method,
    path,
    access: resolved,
    permission: 'not known here',
    mutates: mutates ?? !isRead,
    format: 'json',
    readParams: undefined,
    readResult: undefined,
  };
}

/** Without its slash it would name another host; dots, however written, lead to another path than is signed. */
function assertPath(method: string, path: string): void {
  const filled = path.replaceAll(/\{\w+\}/g, 'x');
  const isKept = /^\/(?!\/)/.test(filled) && !/\/\//.test(filled);
  if (isKept && new URL(filled, 'http://localhost').pathname === filled) return;
  const reason = 'give it from its first slash, without a query, as a URL has it';
  throw invalidParams(`${method} request`, 'path', reason);
}
