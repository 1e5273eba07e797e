import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { listSchemas } from '../src/json-schema/index.ts';
import { definitionOf } from '../src/zod-internals.ts';
import { differencesOf } from './documented/differences.ts';
import { shapeOf } from './documented/shape-of.ts';
import { surfaces } from './documented/surfaces.ts';
import { tables } from './documented/tables.ts';

const met = new Set<z.core.$ZodType>();

describe('every field is as documented, and no schema has another', () => {
  it.each(Object.entries(tables))('%s', (surface, documented) => {
    const schemas = { ...surfaces[surface] };
    const differences = documented.flatMap(({ subject, shape }) => {
      const schema = schemas[subject];
      if (schema === undefined) return [`${subject}: has no schema`];
      Reflect.deleteProperty(schemas, subject);
      return differencesOf(shape, shapeOf(schema, met)).map((line) => `${subject}: ${line}`);
    });
    const undocumented = Object.keys(schemas).map((subject) => `${subject}: is not documented`);
    expect([...differences, ...undocumented]).toStrictEqual([]);
  });
});

describe('every schema', () => {
  it('is documented, or made of what is', () => {
    const alone = listSchemas().filter(({ schema }) => !isMadeOfDocumented(schema));
    expect(alone.map(({ name }) => name)).toStrictEqual([]);
  });
});

/** A request for any channel is documented channel by channel. */
function isMadeOfDocumented(schema: z.core.$ZodType): boolean {
  if (met.has(schema)) return true;
  const definition = definitionOf(schema);
  const parts =
    definition.type === 'union'
      ? definition.options
      : definition.type === 'object'
        ? Object.values(definition.shape)
        : undefined;
  return parts?.every((part) => isMadeOfDocumented(part)) ?? definition.type === 'literal';
}
