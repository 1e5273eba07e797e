import type * as z from 'zod/mini';
import { type Decoder, decoderOf, REFUSED, takesAnyKey } from './decode.ts';
import {
  aside,
  closeText,
  expectEnd,
  hasMore,
  isEmpty,
  isNumberNext,
  openText,
  peek,
  readDigits,
  readKey,
  readNumber,
  readString,
  readValue,
  take,
  takeKey,
} from './json/scanner.ts';
import { setField } from './json/set-field.ts';
import { acceptorOf, type Leaf, leafOf } from './primitives/leaf.ts';
import {
  type Definition,
  definitionOf,
  hasDefault,
  isOptional,
  isPlain,
  patternOf,
} from './zod-internals.ts';

/*
 * Text to a checked value in one go: the schema says what comes next, so that a known field is found
 * by comparing its name, a decimal is cut out of the text as it stands, and nothing is made that is
 * replaced later. What is new passes through the general parse, field by field. A text that is refused
 * here is read again by `parseJson` and zod, which have the last word and the reasons.
 */

/** Reads one value at the cursor, or gives `REFUSED` and leaves the cursor anywhere. */
type Reader = () => unknown;

const WHOLE = /^\d+$/;

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LOWER_N = 0x6e;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const readers = /* @__PURE__ */ new WeakMap<z.core.$ZodType, Reader>();

/**
 * JSON text as the schema's type, its fields in the order in which they came; `undefined` when it is
 * not of the schema, or is so in a way that only zod sees.
 *
 * @throws SchemaError `MALFORMED_JSON`
 */
export function readText<S extends z.core.$ZodType>(
  schema: S,
  source: string,
): z.output<S> | undefined {
  const read = readerOf(schema);
  openText(source);
  try {
    const value = read();
    if (value === REFUSED) return undefined;
    expectEnd();
    return value as z.output<S>;
  } finally {
    closeText();
  }
}

function readerOf(schema: z.core.$ZodType): Reader {
  const known = readers.get(schema);
  if (known !== undefined) return known;
  // A schema that holds itself finds this one.
  let made: Reader | undefined;
  readers.set(schema, () => (made as Reader)());
  made = createReader(schema);
  readers.set(schema, made);
  return made;
}

function createReader(schema: z.core.$ZodType): Reader {
  const leaf = leafOf(schema);
  const accepts = acceptorOf(schema);
  if (leaf !== undefined && accepts !== undefined) return createLeafReader(leaf, accepts);
  const definition = definitionOf(schema);
  const create = isPlain(definition)
    ? (creators[definition.type] as ((own: Definition) => Reader | undefined) | undefined)
    : undefined;
  return create?.(definition) ?? createGeneralReader(decoderOf(schema));
}

/** The general parse, and the check of a value. The check may be a stranger's. */
function createGeneralReader(decode: Decoder): Reader {
  return () => {
    const value = readValue();
    return aside(() => decode(value));
  };
}

function createLeafReader(
  leaf: Leaf<unknown, unknown>,
  accepts: (value: unknown) => boolean,
): Reader {
  const readOther: Reader = () => {
    const value = readValue();
    return accepts(value) ? leaf.decode(value) : REFUSED;
  };
  switch (leaf.keepsDigits) {
    case 'any':
      return () => (isNumberNext() ? readDigits() : readOther());
    case 'whole':
      return () => {
        if (!isNumberNext()) return readOther();
        const digits = readDigits();
        return WHOLE.test(digits) ? digits : REFUSED;
      };
    case undefined:
    default:
      return readOther;
  }
}

type DefinitionOf<Type extends Definition['type']> = Extract<Definition, { readonly type: Type }>;

/** By zod's word for the type. What gives `undefined`, or is not here, goes the general way. */
const creators: {
  readonly [Type in Definition['type']]?: (own: DefinitionOf<Type>) => Reader | undefined;
} = {
  string: createStringReader,
  number: (own) =>
    'format' in own && own.format === 'safeint'
      ? () => {
          const value = isNumberNext() ? readNumber() : REFUSED;
          return typeof value === 'number' ? value : REFUSED;
        }
      : undefined,
  boolean: () => createValueReader(new Set<unknown>([true, false])),
  literal: createLiteralReader,
  enum: (own) => createValueReader(new Set<unknown>(Object.values(own.entries))),
  unknown: () => readValue,
  optional: (own) => (hasDefault(own.innerType) ? undefined : readerOf(own.innerType)),
  nullable: (own) => {
    const inner = readerOf(own.innerType);
    return () => (peek() === LOWER_N ? readValue() : inner());
  },
  array: (own) => createArrayReader(readerOf(own.element)),
  tuple: createTupleReader,
  record: (own) =>
    takesAnyKey(own.keyType) ? createRecordReader(readerOf(own.valueType)) : undefined,
  object: createObjectReader,
};

function createStringReader(own: z.core.$ZodStringDef): Reader | undefined {
  if ('format' in own) return undefined;
  if ((own.checks ?? []).length === 0) {
    return () => (peek() === QUOTE ? readString() : REFUSED);
  }
  const pattern = patternOf(own);
  // A global or sticky pattern remembers where it stopped; zod rewinds it.
  if (pattern === undefined || pattern.global || pattern.sticky) return undefined;
  return () => {
    if (peek() !== QUOTE) return REFUSED;
    const text = readString();
    return pattern.test(text) ? text : REFUSED;
  };
}

function createValueReader(values: ReadonlySet<unknown>): Reader {
  return () => {
    const value = readValue();
    return values.has(value) ? value : REFUSED;
  };
}

function createLiteralReader({ values }: z.core.$ZodLiteralDef<z.core.util.Literal>): Reader {
  const [word, ...more] = values;
  if (more.length > 0 || typeof word !== 'string') return createValueReader(new Set(values));
  const token = JSON.stringify(word);
  return () => (take(token) ? word : REFUSED);
}

function createArrayReader(readOne: Reader): Reader {
  return () => {
    if (peek() !== OPEN_BRACKET) return REFUSED;
    const result: unknown[] = [];
    if (isEmpty(CLOSE_BRACKET)) return result;
    do {
      const value = readOne();
      if (value === REFUSED) return REFUSED;
      result.push(value);
    } while (hasMore(CLOSE_BRACKET));
    return result;
  };
}

function createTupleReader(own: z.core.$ZodTupleDef): Reader | undefined {
  if (own.items.some((item) => hasDefault(item))) return undefined;
  const items = own.items.map((item) => readerOf(item));
  const rest = own.rest === null ? undefined : readerOf(own.rest);
  const required = own.items.findLastIndex((item) => !isOptional(item)) + 1;
  return () => {
    if (peek() !== OPEN_BRACKET) return REFUSED;
    const result: unknown[] = [];
    if (!isEmpty(CLOSE_BRACKET)) {
      do {
        const readOne = items[result.length] ?? rest;
        const value = readOne === undefined ? REFUSED : readOne();
        if (value === REFUSED) return REFUSED;
        result.push(value);
      } while (hasMore(CLOSE_BRACKET));
    }
    return result.length < required ? REFUSED : result;
  };
}

function createRecordReader(readOne: Reader): Reader {
  return () => {
    if (peek() !== OPEN_BRACE) return REFUSED;
    const result: Record<string, unknown> = {};
    if (isEmpty(CLOSE_BRACE)) return result;
    do {
      const key = readKey();
      const value = readOne();
      if (value === REFUSED) return REFUSED;
      setField(result, key, value);
    } while (hasMore(CLOSE_BRACE));
    return result;
  };
}

interface Field {
  readonly key: string;
  readonly token: string;
  readonly index: number;
  readonly read: Reader;
}

/**
 * Fields are expected in the order of the schema, which is the wire's where it was seen. As long as
 * they come in that order nothing has to be looked up, not even whether all are there.
 */
function createObjectReader(own: z.core.$ZodObjectDef): Reader {
  const fields = Object.entries(own.shape).map(([key, schema], index): Field => {
    return { key, token: `${JSON.stringify(key)}:`, index, read: readerOf(schema) };
  });
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const required = fields.filter(({ key }) => !mayLack(own.shape[key] as z.core.$ZodType));
  // The first field at or after each place that must be there.
  const dueAt = [...fields, undefined].map(
    (_, at) => required.find(({ index }) => index >= at)?.index ?? fields.length,
  );
  const readOther = createOtherReader(own);

  return () => {
    if (peek() !== OPEN_BRACE) return REFUSED;
    const result: Record<string, unknown> = {};
    let next = 0;
    let inOrder = true;
    if (!isEmpty(CLOSE_BRACE)) {
      do {
        let field = fields[next];
        if (field === undefined || !takeKey(field.token)) {
          const key = readKey();
          field = byKey.get(key);
          if (field === undefined) {
            const other = readOther();
            if (other === REFUSED) return REFUSED;
            if (other !== LEFT_OUT) setField(result, key, other);
            continue;
          }
          inOrder &&= field.index >= next && field.index <= (dueAt[next] as number);
        }
        const value = field.read();
        if (value === REFUSED) return REFUSED;
        result[field.key] = value;
        next = field.index + 1;
      } while (hasMore(CLOSE_BRACE));
    }
    if (inOrder && dueAt[next] === fields.length) return result;
    return required.every(({ key }) => Object.hasOwn(result, key)) ? result : REFUSED;
  };
}

/** A field that an object may lack without another to stand for it. */
function mayLack(schema: z.core.$ZodType): boolean {
  const { type } = definitionOf(schema);
  return type === 'unknown' || (type === 'optional' && isOptional(schema));
}

const LEFT_OUT = Symbol('left out');

/** Of a field that is not in the shape: kept as it is, of a type of its own, or left out. */
function createOtherReader({ catchall }: z.core.$ZodObjectDef): Reader {
  if (catchall !== undefined) return readerOf(catchall);
  return () => {
    readValue();
    return LEFT_OUT;
  };
}
