import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentedShape, readFields } from './read-fields.ts';
import type { Shape } from './shape.ts';

// A name of one table holds in those after it.
const names = new Map<string, Shape>();

function tableOf(surface: string): readonly DocumentedShape[] {
  return readFields(readFileSync(join(import.meta.dirname, `${surface}.txt`), 'utf8'), names);
}

/** What is documented, surface by surface. */
export const tables = {
  'spot-v2': tableOf('spot-v2'),
  uws: tableOf('uws'),
  'spot-v1': tableOf('spot-v1'),
  'futures-v1': tableOf('futures-v1'),
  'spot-rest': tableOf('spot-rest'),
  'futures-rest': tableOf('futures-rest'),
  shared: tableOf('shared'),
} satisfies Readonly<Record<string, readonly DocumentedShape[]>>;

/** The names of a table's subjects of one kind: `frame` gives `ticker`, `book`, … */
export function documentedNames(surface: keyof typeof tables, kind: string): string[] {
  return tables[surface].flatMap(({ subject }) =>
    subject.startsWith(`${kind} `) ? [subject.slice(kind.length + 1)] : [],
  );
}

/** `GET /public/Depth`, … */
export function documentedPaths(surface: 'futures-rest' | 'spot-rest'): string[] {
  return tables[surface].flatMap(({ subject }) => /^(.*) params$/.exec(subject)?.[1] ?? []);
}
