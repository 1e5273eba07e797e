import * as z from 'zod/mini';
import { outputFormats } from '../output/formats.ts';

/** Where a setting may be written: each of them has a flag, too. */
export const configSchema = z.strictObject({
  /** How results are printed: `-o`. */
  output: z.optional(z.enum(outputFormats)),
  /** A table of the profiles file: `--profile`. */
  profile: z.optional(z.string()),
  /** The file with the profiles, beside this one unless it is named. */
  profiles: z.optional(z.string()),
  /** `--key-file`. */
  key_file: z.optional(z.string()),
  /** Of the account, for the limits that requests keep to. */
  tier: z.optional(z.enum(['starter', 'intermediate', 'pro'])),
  /** `--timeout`: `30s`. */
  timeout: z.optional(z.string()),
});

export type Config = z.output<typeof configSchema>;
