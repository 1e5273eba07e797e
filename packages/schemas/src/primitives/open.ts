import * as z from 'zod/mini';
import { discriminatorValuesOf } from '../zod-internals.ts';

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

const knownUnions = new WeakMap<z.core.$ZodType, z.core.$ZodType>();
const otherOptions = new WeakMap<z.core.$ZodType, { by: string; values: readonly unknown[] }>();

/**
 * A union told apart by one field. What has another value there passes as it is (and is refused by
 * `strictOf`); it is left out of the type, or the field would narrow no more.
 */
/* @__NO_SIDE_EFFECTS__ */
export function openUnion<Options extends readonly z.core.SomeType[], By extends string>(
  by: By,
  union: z.ZodMiniDiscriminatedUnion<Options, By>,
): z.ZodMiniType<z.output<typeof union>> {
  const values = union.def.options.flatMap((option) => [
    ...discriminatorValuesOf(option as unknown as z.core.$ZodType, by),
  ]);
  const other = z.looseObject({ [by]: z.string() }).check(
    // One of the known values and of a wrong shape is no new one.
    z.refine((value) => !values.includes(value[by]), { abort: true }),
  );
  const schema = z.union([union, other]);
  knownUnions.set(schema, union);
  otherOptions.set(other, { by, values });
  return schema as never;
}

/** The union of an {@link openUnion}; `undefined` for any other schema. */
export function knownUnionOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return knownUnions.get(schema);
}

/** Of what passes an {@link openUnion}: the field that must hold none of these values. */
export function otherOptionOf(
  schema: z.core.$ZodType,
): { readonly by: string; readonly values: readonly unknown[] } | undefined {
  return otherOptions.get(schema);
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
