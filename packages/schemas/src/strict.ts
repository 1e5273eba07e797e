import * as z from 'zod/mini';
import type { JsonValue } from './json/json-value.ts';
import { parseJson } from './json/parse-json.ts';
import { parseOwn } from './parse-with.ts';
import { strictLeafOf } from './primitives/leaf.ts';
import { knownUnionOf, knownValuesOf } from './primitives/open.ts';
import { strictUint32Schema, uint32Schema } from './primitives/scalars.ts';
import type { Route } from './routes.ts';
import { SchemaError } from './schema-error.ts';
import { type Definition, definitionOf } from './zod-internals.ts';

const strictSchemas = /* @__PURE__ */ new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/**
 * The same schema without its openness: unknown fields are refused, unknown values of an
 * enumeration or of what tells a union's options apart, numbers that come as strings, and checksums of more than 32 bits. For tests and for watching the exchange; a program
 * that must go on when Kraken adds a field has no use for it.
 */
export function strictOf<S extends z.core.$ZodType>(
  schema: S,
): z.ZodMiniType<z.output<S>, z.input<S>> {
  let strict = strictSchemas.get(schema);
  if (strict === undefined) {
    strict = createStrict(schema);
    strictSchemas.set(schema, strict);
  }
  return strict as z.ZodMiniType<z.output<S>, z.input<S>>;
}

/**
 * One message by the rules of {@link strictOf}: `parseStrictly(routeWsMessage, text)`.
 *
 * @throws SchemaError `MALFORMED_JSON`; `INVALID_MESSAGE`, for a message that is not known as well
 */
export function parseStrictly<R extends Route>(
  route: (value: JsonValue) => R | undefined,
  source: string | Uint8Array,
): z.output<R['schema']> {
  const value = parseJson(source);
  const found = route(value);
  if (found === undefined) {
    const issues = [{ path: '', reason: 'unknown message' }];
    throw new SchemaError('INVALID_MESSAGE', 'Invalid message: unknown message.', { issues });
  }
  const { schema, subject } = found;
  return parseOwn(strictOf<R['schema']>(schema), found.value ?? value, subject, source);
}

function createStrict(schema: z.core.$ZodType): z.core.$ZodType {
  const leaf = strictLeafOf(schema);
  if (leaf !== undefined) return leaf;
  const values = knownValuesOf(schema);
  if (values !== undefined) return z.literal([...values]);
  const union = knownUnionOf(schema);
  if (union !== undefined) return strictOf(union);
  if (schema === uint32Schema) return strictUint32Schema;
  const definition = definitionOf(schema);
  const create = creators[definition.type] as ((own: Definition) => z.ZodMiniType) | undefined;
  const strict = create?.(definition);
  const checks = (definition.checks ?? []) as unknown as readonly z.core.$ZodCheck<unknown>[];
  return strict === undefined ? schema : strict.check(...checks);
}

type DefinitionOf<Type extends Definition['type']> = Extract<Definition, { readonly type: Type }>;

/** By zod's word for the type. What is not here is strict as it is. */
const creators: {
  readonly [Type in Definition['type']]?: (own: DefinitionOf<Type>) => z.ZodMiniType;
} = {
  optional: (own) => z.optional(strictOf(own.innerType)),
  nullable: (own) => z.nullable(strictOf(own.innerType)),
  array: (own) => z.array(strictOf(own.element)),
  record: (own) => z.record(own.keyType, strictOf(own.valueType)),
  tuple: (own) => {
    const items = own.items.map((item) => strictOf(item)) as unknown as [z.core.$ZodType];
    const open = own.rest === null || definitionOf(own.rest).type === 'unknown';
    return open || own.rest === null ? z.tuple(items) : z.tuple(items, strictOf(own.rest));
  },
  object: (own) => {
    const shape = Object.fromEntries(
      Object.entries(own.shape).map(([key, field]) => [key, strictOf(field)]),
    );
    const open = own.catchall === undefined || definitionOf(own.catchall).type === 'unknown';
    return open || own.catchall === undefined
      ? z.strictObject(shape)
      : z.catchall(z.object(shape), strictOf(own.catchall));
  },
  union: (own) => {
    const options = own.options.map((option) => strictOf(option)) as unknown as [
      z.core.$ZodTypeDiscriminable,
    ];
    return 'discriminator' in own
      ? z.discriminatedUnion(own.discriminator as string, options)
      : z.union(options);
  },
};
