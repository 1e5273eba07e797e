import { parseWith } from '@kr/schemas';
import { type FuturesEndpoint, futuresEndpoints } from '@kr/schemas/futures-rest';
import { type EndpointTable, formatOf } from './endpoint.ts';

const PERMISSIONS: Readonly<Record<FuturesEndpoint['access'], string>> = {
  public: 'public',
  any: 'any key',
  read: 'general, read only',
  full: 'general, full access',
  withdraw: 'withdrawal, full access',
};

/** Every endpoint of Futures by its name. Loads all of their schemas, so it is loaded on demand. */
export const futuresTable: EndpointTable = Object.fromEntries(
  Object.entries<FuturesEndpoint>(futuresEndpoints).map(
    ([name, { method, api, path, access, params, result, mutates }]) => [
      name,
      {
        venue: 'futures',
        name,
        method,
        path: `${api}${path}`,
        access: access === 'public' ? 'public' : 'private',
        permission: PERMISSIONS[access],
        mutates,
        format: formatOf(name),
        readParams: (value) =>
          parseWith(params, value, `${name} parameters`) as Record<string, unknown>,
        readResult: (value) => parseWith(result, value, `${name} result`),
      },
    ],
  ),
);
