import { parseWith } from '@kr/schemas';
import { type SpotEndpoint, spotEndpoints } from '@kr/schemas/rest';
import { type EndpointTable, formatOf } from './endpoint.ts';

/** Every endpoint of Spot by its name. Loads all of their schemas, so it is loaded on demand. */
export const spotTable: EndpointTable = Object.fromEntries(
  Object.entries<SpotEndpoint>(spotEndpoints).map(
    ([name, { method, path, params, result, mutates, permissions }]) => [
      name,
      {
        venue: 'spot',
        name,
        method,
        path: `/0${path}`,
        access: path.startsWith('/private/') ? 'private' : 'public',
        permission: path.startsWith('/private/') ? permissionOf(permissions) : 'public',
        mutates,
        format: formatOf(name),
        readParams: (value) =>
          parseWith(params, value, `${name} parameters`) as Record<string, unknown>,
        readResult: (value) => parseWith(result, value, `${name} result`),
      },
    ],
  ),
);

/** All of one of these sets. */
function permissionOf(sets: SpotEndpoint['permissions']): string {
  if (sets.length === 0) return 'any key';
  return sets.map((all) => all.join(' and ')).join(', or ');
}
