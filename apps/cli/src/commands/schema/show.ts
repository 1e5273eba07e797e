import { findSchema, listSchemas, toJsonSchema } from '@kr/schemas/json-schema';
import { CliError } from '../../errors.ts';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { nearest } from '../../symbols/nearest.ts';
import { fieldsOf } from './fields.ts';

/** The fields of one schema, or its JSON Schema; without a name, all there are. */
export const showSchema = (
  _session: Session,
  _options: object,
  name: string | undefined,
): Promise<CommandResult> => {
  const simulated = false;
  if (name === undefined) {
    const rows = listSchemas().map(({ name: schema, page }) => ({ schema, page }));
    return Promise.resolve({ columns: [{ key: 'schema' }, { key: 'page' }], rows, simulated });
  }
  const { name: found, schema, page } = find(name);
  const document = toJsonSchema(schema, { title: found, page });
  return Promise.resolve({
    columns: ['field', 'type', 'required', 'values'].map((key) => ({ key })),
    rows: fieldsOf(document),
    document,
    footer: [found, page].filter((part) => part !== undefined).join('  '),
    simulated,
  });
};

const kebab = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();

/** By its name, or by that of the channel or the endpoint that it is of. */
const find = (name: string) => {
  const short = kebab(name);
  const channel = short === 'trades' ? 'trade' : short;
  for (const candidate of [
    name,
    short,
    `ws/${channel}-frame`,
    `rest/${short}-result`,
    `futures-rest/${short}-result`,
    ...listSchemas()
      .map((entry) => entry.name)
      .filter((known) => known.endsWith(`/${short}`)),
  ]) {
    const found = findSchema(candidate);
    if (found !== undefined) return found;
  }
  const names = new Map(
    // Of names that several have, the first one's goes last into the map, and stays.
    listSchemas()
      .toReversed()
      .flatMap((entry) => {
        const [, last = ''] = entry.name.split('/');
        return [last, last.replace(/-(?:frame|result)$/, '')].map(
          (word) => [word, entry.name] as const,
        );
      }),
  );
  const [meant] = nearest(short, names.keys());
  throw new CliError('validation', `There is no schema "${name}".`, {
    hint: meant === undefined ? 'kr schema lists them.' : `Did you mean ${names.get(meant)}?`,
  });
};
