import type * as z from 'zod/mini';
import { leafOf } from '../../src/primitives/leaf.ts';
import { knownValuesOf } from '../../src/primitives/open.ts';
import {
  relativePriceSchema,
  timestampPattern,
  uint32Schema,
} from '../../src/primitives/scalars.ts';
import { type Definition, definitionOf, isOptional, patternOf } from '../../src/zod-internals.ts';
import type { Field, Shape } from './shape.ts';

const leafKinds: Readonly<Record<string, string>> = {
  'a decimal': 'd',
  'a decimal string': 'ds',
  'a decimal or a decimal string': 'dd',
  'an id': 'id',
};

/** The shape of a schema; every schema that was met on the way is put into `met`. */
export function shapeOf(schema: z.core.$ZodType, met: Set<z.core.$ZodType>): Shape {
  met.add(schema);
  const leaf = leafOf(schema);
  if (leaf !== undefined) return kind(leafKinds[leaf.expected] ?? leaf.expected);
  const values = knownValuesOf(schema);
  if (values !== undefined) return { is: 'enum', values, open: true };
  if (schema === uint32Schema) return kind('u32');
  if (schema === relativePriceSchema) return kind('rel');
  const definition = definitionOf(schema);
  const read = readers[definition.type] as
    | ((own: Definition, all: Set<z.core.$ZodType>) => Shape)
    | undefined;
  return read?.(definition, met) ?? kind(definition.type);
}

type DefinitionOf<Type extends Definition['type']> = Extract<Definition, { readonly type: Type }>;

/** By zod's word for the type. What is not here is no part of any message. */
const readers: {
  readonly [Type in Definition['type']]?: (
    own: DefinitionOf<Type>,
    met: Set<z.core.$ZodType>,
  ) => Shape;
} = {
  string: (own) => kind(stringKind(own)),
  number: (own) => kind('format' in own && own.format === 'safeint' ? 'i' : 'number'),
  boolean: () => kind('b'),
  unknown: () => kind('any'),
  custom: () => kind('bytes'),
  literal: ({ values }) =>
    values.length === 1
      ? { is: 'literal', value: values[0] }
      : { is: 'enum', values: values as string[], open: false },
  enum: (own) => ({ is: 'enum', values: Object.values(own.entries), open: false }),
  optional: (own, met) => shapeOf(own.innerType, met),
  nullable: (own, met) => ({ is: 'nullable', of: shapeOf(own.innerType, met) }),
  array: (own, met) => ({ is: 'array', of: shapeOf(own.element, met) }),
  tuple: (own, met) => ({ is: 'tuple', items: own.items.map((item) => fieldOf(item, met)) }),
  record: (own, met) => ({
    is: 'object',
    fields: new Map(),
    others: shapeOf(own.valueType, met),
  }),
  union: (own, met) => ({ is: 'union', options: own.options.map((one) => shapeOf(one, met)) }),
  object: (own, met) => {
    const fields = Object.entries(own.shape).map(
      ([name, field]) => [name, fieldOf(field, met)] as const,
    );
    return { is: 'object', fields: new Map(fields), others: othersOf(own, met) };
  },
};

/** A name that an open object does not know passes: that is no field. */
function othersOf(
  { catchall }: z.core.$ZodObjectDef,
  met: Set<z.core.$ZodType>,
): Shape | undefined {
  if (catchall === undefined || definitionOf(catchall).type === 'unknown') return undefined;
  return shapeOf(catchall, met);
}

function fieldOf(schema: z.core.$ZodType, met: Set<z.core.$ZodType>): Field {
  return { shape: shapeOf(schema, met), optional: isOptional(schema) };
}

function kind(name: string): Shape {
  return { is: 'kind', name };
}

function stringKind(definition: z.core.$ZodStringDef): string {
  const pattern = patternOf(definition);
  if (pattern === undefined) return 's';
  if (pattern === timestampPattern) return 't';
  return pattern.source.endsWith('-\\d+$') ? 'numbered' : String(pattern);
}
