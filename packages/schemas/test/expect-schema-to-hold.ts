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
import { type CatalogEntry, toJsonSchema } from '../src/json-schema/index.ts';
import { readText } from '../src/read.ts';
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
  { name, schema }: Pick<CatalogEntry, 'name' | 'schema'>,
  parameters: { readonly numRuns: number; readonly seed?: number },
): CheckedCounts {
  const wires = arbitraryOf(schema);
  const strict = strictOf(schema);
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
      counts[expectVerdict(name, strict, judge, mutate(wire, choices))] += 1;
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
  expect(readText(schema, text)).toStrictEqual(value);
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
  name: string,
  strict: z.core.$ZodType,
  judge: unknown,
  [mutated, where]: readonly [unknown, string],
): 'accepted' | 'refused' {
  const text = stringifyJson(mutated);
  const error = errorOf(() => parseText(strict, text));
  if (error !== undefined && !isSchemaError(error, 'INVALID_MESSAGE')) throw error;
  const issues = error?.context.issues ?? [];
  const seen = { name, text, where, issues };
  expect({
    ...seen,
    jsonSchema: verdict(isValid(judge, JSON.parse(text))),
    strict: verdict(error === undefined),
  }).toStrictEqual({
    ...seen,
    jsonSchema: verdict(error === undefined),
    strict: verdict(error === undefined),
  });
  if (error === undefined) return 'accepted';
  // Of a union, the option that came closest speaks: it may stop above the place.
  const said = issues.filter(
    ({ path, reason }) => reason !== '' && (where.startsWith(path) || path.startsWith(where)),
  );
  expect({ ...seen, isReasonGiven: said.length > 0 }).toStrictEqual({
    ...seen,
    isReasonGiven: true,
  });
  return 'refused';
}

function verdict(isTaken: boolean): string {
  return isTaken ? 'takes it' : 'refuses it';
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
