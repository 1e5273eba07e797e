import * as fc from 'fast-check';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { decodeInPlace } from '../src/decode.ts';
import {
  formatText,
  isSchemaError,
  parseJson,
  parseText,
  parseWith,
  strictOf,
  stringifyJson,
} from '../src/index.ts';
import { toJsonSchema } from '../src/json-schema/index.ts';
import { arbitraryOf } from './arbitrary.ts';
import { isValid } from './is-valid.ts';
import { mutate } from './mutate.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

export interface CheckedCounts {
  readonly parsed: number;
  readonly refused: number;
  /** Mutated, and valid all the same. */
  readonly accepted: number;
}

/** The properties that every schema has. */
export function expectSchemaToHold(
  schema: z.core.$ZodType,
  parameters: { readonly numRuns: number; readonly seed?: number },
): CheckedCounts {
  const wires = arbitraryOf(schema);
  const judge = strictJsonSchema(toJsonSchema(schema));
  const counts = { parsed: 0, refused: 0, accepted: 0 };
  fc.assert(
    fc.property(wires, (wire) => {
      expectRoundTrip(schema, wire);
      counts.parsed += 1;
    }),
    parameters,
  );
  fc.assert(
    fc.property(wires, fc.array(fc.nat(), { minLength: 2, maxLength: 7 }), (wire, choices) => {
      counts[expectVerdict(schema, judge, wire, choices)] += 1;
    }),
    parameters,
  );
  return counts;
}

function expectRoundTrip(schema: z.core.$ZodType, wire: unknown): void {
  const text = stringifyJson(wire);
  const value = parseText(schema, text);
  // The quick way and zod's own agree, the order of the fields and all.
  expect(value).toStrictEqual(parseWith(schema, parseJson(text)));
  expect(decodeInPlace(schema, parseJson(text))).toStrictEqual(value);
  expect(parseText(strictOf(schema), text)).toStrictEqual(value);
  // Decoding what is decoded changes nothing.
  expect(z.parse(schema, value)).toStrictEqual(z.parse(schema, parseJson(text)));
  expect(formatText(schema, value)).toBe(text);
}

/**
 * A mutated value is refused with a path to the mutation, or it is valid: the JSON Schema, which
 * another program judges by, has the last word.
 */
function expectVerdict(
  schema: z.core.$ZodType,
  judge: unknown,
  wire: unknown,
  choices: readonly number[],
): 'accepted' | 'refused' {
  const [mutated, where] = mutate(wire, choices);
  const text = stringifyJson(mutated);
  const error = errorOf(() => parseText(strictOf(schema), text));
  expect({ text, valid: isValid(judge, JSON.parse(text)) }).toStrictEqual({
    text,
    valid: error === undefined,
  });
  if (error === undefined) return 'accepted';
  if (!isSchemaError(error, 'INVALID_MESSAGE')) throw error;
  const { issues = [] } = error.context;
  expect(issues.filter(({ reason }) => reason === '')).toStrictEqual([]);
  // Of a union, the option that came closest speaks: it may stop above the place.
  expect(issues.map(({ path }) => path)).toSatisfy((paths: readonly string[]) =>
    paths.some((path) => where.startsWith(path) || path.startsWith(where)),
  );
  return 'refused';
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
