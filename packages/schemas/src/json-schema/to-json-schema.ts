import * as z from 'zod/mini';
import { type JsonSchema, leafOf } from '../primitives/leaf.ts';
import { knownValuesOf, otherOptionOf } from '../primitives/open.ts';
import { uint32Schema } from '../primitives/scalars.ts';

export interface JsonSchemaOptions {
  /**
   * Of the JSON on the wire (money is a number where the wire has one), or of the values in code
   * (money is a string, an id past 2^53 too). `wire` when absent.
   */
  readonly of?: 'wire' | 'decoded' | undefined;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  /** The page that documents it, for the `description`. */
  readonly page?: string | undefined;
}

/** A schema as JSON Schema, draft 2020-12. Open as it is: unknown fields and values are valid. */
export function toJsonSchema(schema: z.core.$ZodType, options: JsonSchemaOptions = {}): JsonSchema {
  const { of = 'wire', id, title, page } = options;
  const { $schema, ...body } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: of === 'wire' ? 'input' : 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const replacement = replacementFor(zodSchema, of);
      if (replacement !== undefined) replace(jsonSchema, replacement);
      const other = otherOptionOf(zodSchema);
      if (other !== undefined) exclude(jsonSchema, other.by, other.values);
    },
  });
  return {
    $schema,
    ...(id === undefined ? {} : { $id: id }),
    ...(title === undefined ? {} : { title }),
    ...(page === undefined ? {} : { description: `Documented at ${page}` }),
    ...body,
  };
}

function replacementFor(schema: z.core.$ZodType, of: 'wire' | 'decoded'): JsonSchema | undefined {
  const leaf = leafOf(schema);
  if (leaf !== undefined) return of === 'wire' ? leaf.wireJsonSchema : leaf.decodedJsonSchema;
  if (schema === uint32Schema) return { type: 'integer', minimum: 0, maximum: 0xffff_ffff };
  const values = knownValuesOf(schema);
  if (values === undefined) return undefined;
  const type = typeof values[0] === 'number' ? 'integer' : 'string';
  // The second half makes the first a hint: other values are valid too.
  return { anyOf: [{ enum: values }, { type }] };
}

function exclude({ properties }: JsonSchema, name: string, values: readonly unknown[]): void {
  const field = (properties as Record<string, Record<string, unknown>>)[name];
  if (field !== undefined) field['not'] = { enum: values };
}

function replace(target: object, replacement: JsonSchema): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, replacement);
}
