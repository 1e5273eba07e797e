import type { FuturesEndpoint } from '@kr/schemas/futures-rest';
import type { SpotEndpoint } from '@kr/schemas/rest';

/** What is known of a path that somebody typed. */
export interface KnownEndpoint {
  readonly method: string;
  /** From the first slash, with `{…}` where a parameter of the path goes. */
  readonly path: string;
  readonly access: 'public' | 'private';
  readonly mutates: boolean;
  readonly params: SpotEndpoint['params'];
  /** Those of the path. */
  readonly pathParams: Readonly<Record<string, string>>;
}

type Listed = Omit<KnownEndpoint, 'pathParams'>;

/** Loads the table of a venue: every documented endpoint. */
export const loadEndpoints = async (venue: 'spot' | 'futures'): Promise<readonly Listed[]> => {
  if (venue === 'spot') {
    const { spotEndpoints } = await import('@kr/schemas/rest');
    return Object.values<SpotEndpoint>(spotEndpoints).map((endpoint) => ({
      ...endpoint,
      path: `/0${endpoint.path}`,
      access: endpoint.path.startsWith('/public/') ? 'public' : 'private',
    }));
  }
  const { futuresEndpoints } = await import('@kr/schemas/futures-rest');
  return Object.values<FuturesEndpoint>(futuresEndpoints).map((endpoint) => ({
    ...endpoint,
    path: `${endpoint.api}${endpoint.path}`,
    access: endpoint.access === 'public' ? 'public' : 'private',
  }));
};

/** The endpoint at a path; without a method, the only one there or the one that reads. */
export const endpointOf = (
  endpoints: readonly Listed[],
  method: string | undefined,
  path: string,
): KnownEndpoint | undefined => {
  const found = endpoints
    .filter((endpoint) => method === undefined || endpoint.method === method)
    .flatMap((endpoint) => {
      const pathParams = matchPath(endpoint.path, path);
      return pathParams === undefined ? [] : [{ ...endpoint, pathParams }];
    })
    // A written path goes before one with a hole, and reading before changing.
    .toSorted((a, b) => holes(a) - holes(b) || Number(a.mutates) - Number(b.mutates));
  return found[0];
};

const holes = ({ pathParams }: KnownEndpoint): number => Object.keys(pathParams).length;

const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const text = given[at] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== text) return undefined;
    if (name !== undefined) params[name] = decodeURIComponent(text);
  }
  return params;
};
