import * as z from 'zod/mini';

/** One of these, or one that Kraken has added since. */
export type Open<Known extends number | string> =
  | Known
  | ((Known extends string ? string : number) & Record<never, never>);

type Values = readonly (number | string)[];

const knownValues = new WeakMap<z.core.$ZodType, Values>();

/** A string of which these values are known; another one passes through (and is refused by `strictOf`). */
/* @__NO_SIDE_EFFECTS__ */
export function openEnum<const Known extends readonly string[]>(
  values: Known,
): z.ZodMiniType<Open<Known[number]>, Open<Known[number]>> {
  const schema = z.string() as unknown as z.ZodMiniType<Open<Known[number]>, Open<Known[number]>>;
  knownValues.set(schema, values);
  return schema;
}

/** As {@link openEnum}, of integers: a depth, an interval. */
/* @__NO_SIDE_EFFECTS__ */
export function openIntegers<const Known extends readonly number[]>(
  values: Known,
): z.ZodMiniType<Open<Known[number]>, Open<Known[number]>> {
  const schema = z.int() as unknown as z.ZodMiniType<Open<Known[number]>, Open<Known[number]>>;
  knownValues.set(schema, values);
  return schema;
}

/** The values of an {@link openEnum} or of {@link openIntegers}; `undefined` for any other schema. */
export function knownValuesOf(schema: z.core.$ZodType): Values | undefined {
  return knownValues.get(schema);
}

/**
 * An object that keeps the fields it does not know. They are left out of the type, so that a
 * misspelt field is an error to the compiler.
 */
/* @__NO_SIDE_EFFECTS__ */
export function openObject<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape> {
  return z.looseObject(shape);
}

/**
 * An object of known fields and any number of others that are all alike, as the REST results that
 * carry `last` beside their pair.
 */
/* @__NO_SIDE_EFFECTS__ */
export function keyedObject<Shape extends z.core.$ZodShape, Rest extends z.core.SomeType>(
  shape: Shape,
  rest: Rest,
): z.ZodMiniType<KeyedObject<z.output<z.ZodMiniObject<Shape>>, z.core.output<Rest>>> {
  return z.catchall(z.object(shape), rest) as never;
}

/** The known fields, and any other key: TypeScript can only say that it may be of either type. */
export type KeyedObject<Known, Rest> = Known & {
  readonly [key: string]: Rest | Known[keyof Known];
};
