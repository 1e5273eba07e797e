import type { JsonSchema } from '../src/primitives/index.ts';

/**
 * The JSON Schema of an open schema without its openness. It is made from the text of the JSON Schema
 * alone, so that a mistake of `strictOf` is not made here a second time.
 */
export function strictJsonSchema(open: unknown): unknown {
  if (Array.isArray(open)) return open.map((item) => strictJsonSchema(item));
  if (!isNode(open)) return open;
  const known = knownValuesOf(open);
  if (known !== undefined) return { enum: known };
  const union = knownUnionOf(open);
  if (union !== undefined) return strictJsonSchema(union);
  const strict = Object.fromEntries(
    Object.entries(open).map(([keyword, value]) => [
      keyword,
      keyword === 'properties' && isNode(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, field]) => [name, strictJsonSchema(field)]),
          )
        : strictJsonSchema(value),
    ]),
  );
  // A record's names are any, an object's are its properties.
  if ('properties' in open && isAnything(open['additionalProperties'])) {
    strict['additionalProperties'] = false;
  }
  if ('prefixItems' in open && isAnything(open['items'] ?? {})) strict['items'] = false;
  return strict;
}

/** An enumeration is open by its second half: `{"anyOf": [{"enum": […]}, {"type": "string"}]}`. */
function knownValuesOf({ anyOf }: JsonSchema): unknown {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [known, other] = anyOf as readonly JsonSchema[];
  const isOpen = other !== undefined && Object.keys(other).join(',') === 'type';
  return isOpen && known !== undefined && Object.keys(known).join(',') === 'enum'
    ? known['enum']
    : undefined;
}

/** A union is open by its second half: an object of which one field holds any other word. */
function knownUnionOf({ anyOf }: JsonSchema): unknown {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [known, other] = anyOf as readonly JsonSchema[];
  const fields = isNode(other?.['properties']) ? Object.values(other['properties']) : [];
  return fields.length === 1 && isNode(fields[0]) && 'not' in fields[0] ? known : undefined;
}

function isAnything(schema: unknown): boolean {
  return isNode(schema) && Object.keys(schema).length === 0;
}

function isNode(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
