/* oxlint-disable no-underscore-dangle -- `_zod` is where zod documents that tools find a schema's definition */
import type * as z from 'zod/mini';

/** What a schema was made from. */
export type Definition = z.core.$ZodTypes['_zod']['def'];

export function definitionOf(schema: z.core.$ZodType): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}

/** The pattern, when a regular expression is the one thing a string is checked for. */
export function patternOf(definition: z.core.$ZodStringDef): RegExp | undefined {
  const [check, ...more] = definition.checks ?? [];
  if (check === undefined || more.length > 0) return undefined;
  const { format, pattern } = check._zod.def as { format?: string; pattern?: RegExp };
  return format === 'regex' ? pattern : undefined;
}

/** Checks and coercions are zod's, but for the one pattern that a string is held against. */
export function isPlain(definition: Definition): boolean {
  if ('coerce' in definition && definition.coerce) return false;
  return definition.type === 'string' || (definition.checks ?? []).length === 0;
}

/** Whether a tuple may end before this item, an object lack this field. */
export function isOptional(schema: z.core.$ZodType): boolean {
  return schema._zod.optin === 'optional';
}

/** Whether it makes a value of what is absent. */
export function hasDefault(schema: z.core.$ZodType): boolean {
  return schema._zod.optin === 'defaulted';
}

/** The values by which a discriminated union knows this option. */
export function discriminatorValuesOf(
  option: z.core.$ZodType,
  discriminator: string,
): readonly unknown[] {
  return [...(option._zod.propValues?.[discriminator] ?? [])];
}
