import * as z from 'zod/mini';

/** A count, a depth, a precision: an integer that a number holds exactly. */
export const integerSchema: z.ZodMiniType<number, number> = z.int();

/** RFC 3339 with a zone. */
export const timestampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/** `2023-09-25T09:04:31.742599Z`. Kept as text, `Date` would lose digits. */
export const timestampSchema: z.ZodMiniType<string, string> = z
  .string()
  .check(z.regex(timestampPattern));
