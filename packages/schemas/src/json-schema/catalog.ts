import * as z from 'zod/mini';
import * as futuresRest from '../futures-rest/index.ts';
import * as futuresWs from '../futures-ws/index.ts';
import { gapEventSchema } from '../gap-event.ts';
import * as rest from '../rest/index.ts';
import * as spotV1 from '../spot-v1/index.ts';
import * as uws from '../uws/index.ts';
import * as ws from '../ws/index.ts';
import { schemasByPage } from './pages.ts';

/** One schema under its name. */
export interface CatalogEntry {
  /** `ws/ticker-frame`: the subpath it is exported from, and its export's name. */
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** Of Kraken's documentation; absent of what is ours. */
  readonly page?: string | undefined;
}

const modules: Readonly<Record<string, object>> = {
  ws,
  uws,
  'spot-v1': spotV1,
  'futures-ws': futuresWs,
  rest,
  'futures-rest': futuresRest,
  shared: { gapEventSchema },
};

const pages = new Map(
  Object.entries(schemasByPage).flatMap(([page, names]) =>
    names.split(' ').map((name) => [name, page] as const),
  ),
);

const FIRST = 'ws/ticker-frame';

/** Every schema of this package: the v2 ticker first, the others by protocol and name. */
export function listSchemas(): CatalogEntry[] {
  const entries = Object.entries(modules).flatMap(([folder, exports]) =>
    Object.entries(exports).flatMap(([key, value]: [string, unknown]) =>
      key.endsWith('Schema') && value instanceof z.core.$ZodType
        ? [entryOf(`${folder}/${kebab(key.slice(0, -'Schema'.length))}`, value)]
        : [],
    ),
  );
  const first = entries.findIndex(({ name }) => name === FIRST);
  return [...entries.splice(first, 1), ...entries];
}

/** The schema of a name as {@link listSchemas} gives it; `undefined` when there is none. */
export function findSchema(name: string): CatalogEntry | undefined {
  return listSchemas().find((entry) => entry.name === name);
}

function entryOf(name: string, schema: z.core.$ZodType): CatalogEntry {
  return { name, schema, page: pages.get(name) };
}

function kebab(camel: string): string {
  return camel.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
