import type * as z from 'zod/mini';
import { leafOf } from '../../src/primitives/leaf.ts';
import { knownValuesOf } from '../../src/primitives/open.ts';
import {
  relativePriceSchema,
  timestampPattern,
  uint32Schema,
} from '../../src/primitives/scalars.ts';
import { definitionOf, isOptional, patternOf } from '../../src/zod-internals.ts';
import type { Field, Shape } from './shape.ts';

const leafKinds: Readonly<Record<string, string>> = {
  'a decimal': 'd',
  'a decimal string': 'ds',
  'a decimal or a decimal string': 'dd',
  'an id': 'id',
};

/** The shape of a schema, and every schema that was met on the way. */
export function shapeOf(schema: z.core.$ZodType, met: Set<z.core.$ZodType>): Shape {
  met.add(schema);
  const own = ownShapeOf(schema, met);
  return own ?? { is: 'kind', name: definitionOf(schema).type };
}

function ownShapeOf(schema: z.core.$ZodType, met: Set<z.core.$ZodType>): Shape | undefined {
  const leaf = leafOf(schema);
  if (leaf !== undefined) return kind(leafKinds[leaf.expected] ?? leaf.expected);
  const values = knownValuesOf(schema);
  if (values !== undefined) return { is: 'enum', values, open: true };
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'string':
      return kind(stringKind(schema, definition));
    case 'number':
      if (schema === uint32Schema) return kind('u32');
      return kind('format' in definition && definition.format === 'safeint' ? 'i' : 'number');
    case 'boolean':
      return kind('b');
    case 'null':
      return kind('null');
    case 'unknown':
      return kind('any');
    case 'custom':
      return kind('bytes');
    case 'literal':
      return definition.values.length === 1
        ? { is: 'literal', value: definition.values[0] }
        : { is: 'enum', values: definition.values as string[], open: false };
    case 'enum':
      return { is: 'enum', values: Object.values(definition.entries), open: false };
    case 'optional':
      return shapeOf(definition.innerType, met);
    case 'nullable':
      return { is: 'nullable', of: shapeOf(definition.innerType, met) };
    case 'array':
      return { is: 'array', of: shapeOf(definition.element, met) };
    case 'tuple':
      return { is: 'tuple', items: definition.items.map((item) => fieldOf(item, met)) };
    case 'record':
      return { is: 'object', fields: new Map(), others: shapeOf(definition.valueType, met) };
    case 'union':
      return { is: 'union', options: definition.options.map((option) => shapeOf(option, met)) };
    case 'object': {
      const fields = Object.entries(definition.shape).map(
        ([name, field]) => [name, fieldOf(field, met)] as const,
      );
      return { is: 'object', fields: new Map(fields), others: othersOf(definition, met) };
    }
    default:
      return undefined;
  }
}

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

function stringKind(schema: z.core.$ZodType, definition: z.core.$ZodStringDef): string {
  if (schema === relativePriceSchema) return 'rel';
  const pattern = patternOf(definition);
  if (pattern === undefined) return 's';
  if (pattern === timestampPattern) return 't';
  return pattern.source.endsWith('-\\d+$') ? 'numbered' : String(pattern);
}
