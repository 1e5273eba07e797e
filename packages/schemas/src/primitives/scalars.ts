import * as z from 'zod/mini';

/** A count, a depth, a precision: an integer that a number holds exactly. */
export const integerSchema: z.ZodMiniType<number, number> = z.int();

/**
 * An integer of 32 bits without a sign, as a CRC-32 is. Any integer is taken: what is out of range
 * cannot be equal to a checksum that is computed. `strictOf` refuses it.
 */
export const uint32Schema: z.ZodMiniType<number, number> = z.int();

/** What `strictOf` makes of {@link uint32Schema}. */
export const strictUint32Schema: z.ZodMiniType<number, number> = z
  .int()
  .check(z.gte(0), z.lte(0xffff_ffff));

/** RFC 3339 with a zone. */
export const timestampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/** `2023-09-25T09:04:31.742599Z`. Kept as text, `Date` would lose digits. */
export const timestampSchema: z.ZodMiniType<string, string> = z
  .string()
  .check(z.regex(timestampPattern));

/**
 * A price, or one relative to another: `37500`, `+150`, `-2.0%`, `#5`. Relative ones need their sign.
 * https://docs.kraken.com/api/docs/rest-api/add-order
 */
export const relativePriceSchema: z.ZodMiniType<string, string> = z
  .string()
  .check(z.regex(/^[+\-#]?\d+(?:\.\d+)?%?$/));
