import * as z from 'zod/mini';
import { RawNumber } from './json/raw-number.ts';
import { setField } from './json/set-field.ts';
import { acceptorOf, leafOf } from './primitives/leaf.ts';
import {
  type Definition,
  definitionOf,
  discriminatorValuesOf,
  hasDefault,
  isOptional,
  isPlain,
  patternOf,
} from './zod-internals.ts';

/*
 * Zod validates a book frame in about eight microseconds: it builds every object anew, in the
 * order of the schema. What `parseJson` has just made is ours to change, so a decoder made from the
 * same zod schema checks it in place and replaces the decimals: a tenth of the time, and the fields
 * stay in the order of the wire. The reasons of a refusal come from zod.
 */

/** What a decoder gives for a value that is not of its schema. */
export const REFUSED = Symbol('refused');

export type Decoder = (value: unknown) => unknown;
type Fields = Record<string, unknown>;

const decoders = /* @__PURE__ */ new WeakMap<z.core.$ZodType, Decoder>();

/**
 * The value as the schema's type, changed in place; `undefined` when it is not of the schema, and
 * then some of its decimals may have been replaced already.
 */
export function decodeInPlace<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
): z.output<S> | undefined {
  const decoded = decoderOf(schema)(value);
  return decoded === REFUSED ? undefined : (decoded as z.output<S>);
}

export function decoderOf(schema: z.core.$ZodType): Decoder {
  const known = decoders.get(schema);
  if (known !== undefined) return known;
  // A schema that holds itself finds this one.
  let made: Decoder | undefined;
  decoders.set(schema, (value) => (made as Decoder)(value));
  made = createDecoder(schema);
  decoders.set(schema, made);
  return made;
}

function createDecoder(schema: z.core.$ZodType): Decoder {
  const leaf = leafOf(schema);
  const accepts = acceptorOf(schema);
  if (leaf !== undefined && accepts !== undefined) {
    return (value) => (accepts(value) ? leaf.decode(value) : REFUSED);
  }
  const definition = definitionOf(schema);
  const create = isPlain(definition)
    ? (creators[definition.type] as ((own: Definition) => Decoder | undefined) | undefined)
    : undefined;
  return create?.(definition) ?? createZodDecoder(schema);
}

type DefinitionOf<Type extends Definition['type']> = Extract<Definition, { readonly type: Type }>;

/** By zod's word for the type. One that gives `undefined` leaves the schema to zod. */
const creators: {
  readonly [Type in Definition['type']]?: (own: DefinitionOf<Type>) => Decoder | undefined;
} = {
  string: createStringDecoder,
  number: (own) =>
    'format' in own && own.format === 'safeint'
      ? (value) => (Number.isSafeInteger(value) ? value : REFUSED)
      : undefined,
  boolean: () => (value) => (typeof value === 'boolean' ? value : REFUSED),
  null: () => (value) => (value === null ? value : REFUSED),
  unknown: () => (value) => value,
  literal: (own) => createValueDecoder(new Set<unknown>(own.values)),
  enum: (own) => createValueDecoder(new Set<unknown>(Object.values(own.entries))),
  optional: (own) => {
    // A default inside speaks for what is absent.
    if (hasDefault(own.innerType)) return undefined;
    const inner = decoderOf(own.innerType);
    return (value) => (value === undefined ? value : inner(value));
  },
  nullable: (own) => {
    const inner = decoderOf(own.innerType);
    return (value) => (value === null ? value : inner(value));
  },
  array: (own) => createArrayDecoder(decoderOf(own.element)),
  tuple: createTupleDecoder,
  record: (own) =>
    takesAnyKey(own.keyType) ? createRecordDecoder(decoderOf(own.valueType)) : undefined,
  object: createObjectDecoder,
  union: (own) =>
    'discriminator' in own && !('unionFallback' in own && own.unionFallback === true)
      ? createUnionDecoder(own as z.core.$ZodDiscriminatedUnionDef)
      : undefined,
};

/** For what has no decoder of its own: zod, with the fields put back into their order. */
function createZodDecoder(schema: z.core.$ZodType): Decoder {
  return (value) => {
    const result = z.safeParse(schema, value);
    return result.success ? inOrderOf(value, result.data) : REFUSED;
  };
}

function createStringDecoder(own: z.core.$ZodStringDef): Decoder | undefined {
  // `z.email()` and its like carry their check in the definition itself.
  if ('format' in own) return undefined;
  if ((own.checks ?? []).length === 0) {
    return (value) => (typeof value === 'string' ? value : REFUSED);
  }
  const pattern = patternOf(own);
  // A global or sticky pattern remembers where it stopped; zod rewinds it.
  if (pattern === undefined || pattern.global || pattern.sticky) return undefined;
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : REFUSED);
}

function createValueDecoder(values: ReadonlySet<unknown>): Decoder {
  return (value) => (values.has(value) ? value : REFUSED);
}

function createArrayDecoder(element: Decoder): Decoder {
  return (value) => {
    if (!Array.isArray(value)) return REFUSED;
    for (let index = 0; index < value.length; index += 1) {
      const before: unknown = value[index];
      const after = element(before);
      if (after === REFUSED) return REFUSED;
      if (after !== before) value[index] = after;
    }
    return value;
  };
}

function createTupleDecoder(def: z.core.$ZodTupleDef): Decoder | undefined {
  if (def.items.some((item) => hasDefault(item))) return undefined;
  const items = def.items.map((item) => decoderOf(item));
  const rest = def.rest === null ? undefined : decoderOf(def.rest);
  const required = def.items.findLastIndex((item) => !isOptional(item)) + 1;
  return (value) => {
    if (!Array.isArray(value) || value.length < required) return REFUSED;
    if (value.length > items.length && rest === undefined) return REFUSED;
    for (let index = 0; index < value.length; index += 1) {
      const before: unknown = value[index];
      const after = (items[index] ?? rest)?.(before);
      if (after === REFUSED) return REFUSED;
      if (after !== before) value[index] = after;
    }
    return value;
  };
}

export function takesAnyKey(keyType: z.core.$ZodType): boolean {
  const definition = definitionOf(keyType);
  return (
    definition.type === 'string' &&
    !('format' in definition) &&
    isPlain(definition) &&
    (definition.checks ?? []).length === 0
  );
}

function createRecordDecoder(decodeValue: Decoder): Decoder {
  return (value) => {
    if (!isFields(value)) return REFUSED;
    for (const key of Object.keys(value)) {
      if (!decodeField(value, key, decodeValue)) return REFUSED;
    }
    return value;
  };
}

function createObjectDecoder(def: z.core.$ZodObjectDef): Decoder {
  const keys = Object.keys(def.shape);
  const fields = Object.values(def.shape).map((field) => decoderOf(field));
  const others = createOthersDecoder(def, new Set(keys));
  return (value) => {
    if (!isFields(value)) return REFUSED;
    for (let index = 0; index < keys.length; index += 1) {
      if (!decodeField(value, keys[index] as string, fields[index] as Decoder)) return REFUSED;
    }
    return others === undefined ? value : others(value);
  };
}

/** For the fields that are not in the shape; `undefined` when they pass as they are. */
function createOthersDecoder(
  def: z.core.$ZodObjectDef,
  known: ReadonlySet<string>,
): ((value: Fields) => unknown) | undefined {
  const { catchall } = def;
  if (catchall !== undefined && definitionOf(catchall).type === 'unknown') return undefined;
  const decodeOther = catchall === undefined ? undefined : decoderOf(catchall);
  return (value) => {
    for (const key of Object.keys(value)) {
      if (known.has(key)) continue;
      if (decodeOther === undefined) delete value[key];
      else if (!decodeField(value, key, decodeOther)) return REFUSED;
    }
    return value;
  };
}

function decodeField(fields: Fields, key: string, decoder: Decoder): boolean {
  const before = fields[key];
  const after = decoder(before);
  if (after === REFUSED) return false;
  if (after !== before) fields[key] = after;
  return true;
}

function createUnionDecoder(def: z.core.$ZodDiscriminatedUnionDef): Decoder {
  const { discriminator } = def;
  const options = new Map<unknown, Decoder>();
  for (const option of def.options) {
    const decoder = decoderOf(option);
    for (const value of discriminatorValuesOf(option, discriminator)) options.set(value, decoder);
  }
  return (value) => {
    if (!isFields(value)) return REFUSED;
    return options.get(value[discriminator])?.(value) ?? REFUSED;
  };
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

/** `output` with the keys of its objects in the order of `input`. */
export function inOrderOf(input: unknown, output: unknown): unknown {
  if (Array.isArray(input) && Array.isArray(output)) {
    return output.map((item, index) => inOrderOf(input[index], item));
  }
  if (!isFields(input) || !isFields(output)) return output;
  const ordered: Fields = {};
  for (const key of Object.keys(input)) {
    if (Object.hasOwn(output, key)) setField(ordered, key, inOrderOf(input[key], output[key]));
  }
  for (const key of Object.keys(output)) {
    if (!Object.hasOwn(ordered, key)) setField(ordered, key, output[key]);
  }
  return ordered;
}
