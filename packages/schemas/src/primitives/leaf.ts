import * as z from 'zod/mini';

/** A JSON Schema (draft 2020-12) as data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * A value that is one thing on the wire and another in code: the only place where this package
 * changes what it reads. Everything else (the schema, the strict schema, the decoder, the JSON
 * Schemas, the drift report) is derived from this.
 */
export interface Leaf<Wire, Decoded> {
  /** With its article: `a decimal`. */
  readonly expected: string;
  /** What is taken: as on the wire, or as other JSON parsers would have left it. */
  accepts(value: unknown): value is Wire;
  /** What the wire is documented to carry, of a value that `parseJson` gave. */
  acceptsStrictly(value: unknown): boolean;
  decode(value: Wire): Decoded;
  encode(value: Decoded): unknown;
  isDecoded(value: unknown): boolean;
  /**
   * The numbers that are taken and decode to their digits as they stand in the text: any number, or
   * at least those of nothing but digits.
   */
  readonly keepsDigits?: 'any' | 'whole';
  readonly wireJsonSchema: JsonSchema;
  readonly decodedJsonSchema: JsonSchema;
}

/** A leaf as one schema takes it: with everything that is accepted, or with the wire's own alone. */
interface Registration {
  readonly leaf: Leaf<unknown, unknown>;
  readonly accepts: (value: unknown) => boolean;
  readonly strict: z.core.$ZodType;
}

const registry = new WeakMap<z.core.$ZodType, Registration>();

/** The zod schema of a leaf. */
/* @__NO_SIDE_EFFECTS__ */
export function createLeafSchema<Wire, Decoded>(
  leaf: Leaf<Wire, Decoded>,
): z.ZodMiniType<Decoded, Wire> {
  const anyLeaf = leaf as unknown as Leaf<unknown, unknown>;
  const accepts = (value: unknown): boolean => leaf.accepts(value);
  const acceptsStrictly = (value: unknown): boolean => leaf.acceptsStrictly(value);
  const schema = codecOf(leaf, accepts);
  const strict = codecOf(leaf, acceptsStrictly);
  registry.set(schema, { leaf: anyLeaf, accepts, strict });
  registry.set(strict, { leaf: anyLeaf, accepts: acceptsStrictly, strict });
  return schema;
}

function codecOf<Wire, Decoded>(
  leaf: Leaf<Wire, Decoded>,
  accepts: (value: unknown) => boolean,
): z.ZodMiniType<Decoded, Wire> {
  const { expected } = leaf;
  return z.codec(
    z.custom<Wire>(accepts, { params: { expected } }),
    z.custom<Decoded>((value) => leaf.isDecoded(value), { params: { expected } }),
    {
      decode: (value) => leaf.decode(value),
      encode: (value) => leaf.encode(value) as Wire,
    },
  );
}

/** What a schema was made from by {@link createLeafSchema}; `undefined` for any other. */
export function leafOf(schema: z.core.$ZodType): Leaf<unknown, unknown> | undefined {
  return registry.get(schema)?.leaf;
}

/** What the schema of a leaf takes; `undefined` for any other. */
export function acceptorOf(schema: z.core.$ZodType): ((value: unknown) => boolean) | undefined {
  return registry.get(schema)?.accepts;
}

/** The variant that takes nothing but what the wire is documented to carry. */
export function strictLeafOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return registry.get(schema)?.strict;
}
