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
  /** Checks parameters; throws a `SchemaError`. `undefined`: any parameters. */
  readonly readParams: ((params: object) => Readonly<Record<string, unknown>>) | undefined;
  /** Gives a result its type; throws a `SchemaError`. `undefined`: JSON with exact numbers. */
  readonly readResult: ((result: unknown) => unknown) | undefined;
}

export type EndpointTable = Readonly<Record<string, Endpoint>>;

/** The endpoints whose answer is no JSON (unless it is an error). */
const FORMATS: Readonly<Record<string, Endpoint['format']>> = {
  RetrieveExport: 'bytes',
  accountLogCsv: 'text',
};

export function formatOf(name: string): Endpoint['format'] {
  return FORMATS[name] ?? 'json';
}

/** The endpoint at a path, of those that are known. */
export function findEndpoint(
  table: EndpointTable,
  method: string,
  path: string,
): Endpoint | undefined {
  return Object.values(table).find(
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
  const isPublic = venue === 'spot' && path.startsWith('/0/public/');
  return {
    venue,
    name: path,
    method,
    path,
    access: isPublic ? 'public' : 'private',
    mutates: mutates ?? method !== 'GET',
    format: 'json',
    readParams: undefined,
    readResult: undefined,
  };
}
