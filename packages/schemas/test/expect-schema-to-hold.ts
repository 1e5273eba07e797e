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
import { RawNumber } from '../src/json/raw-number.ts';
import { arbitraryOf } from './arbitrary.ts';

export interface CheckedCounts {
  readonly parsed: number;
  readonly refused: number;
}

/** The properties that every schema has. */
export function expectSchemaToHold(
  schema: z.core.$ZodType,
  parameters: { readonly numRuns: number; readonly seed?: number },
): CheckedCounts {
  const wires = arbitraryOf(schema);
  let parsed = 0;
  let refused = 0;
  fc.assert(
    fc.property(wires, (wire) => {
      expectRoundTrip(schema, wire);
      parsed += 1;
    }),
    parameters,
  );
  fc.assert(
    fc.property(wires, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), (wire, choices) => {
      if (expectRefusal(schema, wire, choices)) refused += 1;
    }),
    parameters,
  );
  return { parsed, refused };
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

/** False when the mutation is a valid value too. */
function expectRefusal(
  schema: z.core.$ZodType,
  wire: unknown,
  choices: readonly number[],
): boolean {
  const strict = strictOf(schema);
  const [mutated, where] = mutate(wire, choices, '');
  if (z.safeParse(strict, mutated).success) return false;
  const error = thrownBy(() => parseText(strict, stringifyJson(mutated)));
  if (!isSchemaError(error, 'INVALID_MESSAGE')) throw error;
  const { issues = [] } = error.context;
  expect(issues.filter(({ reason }) => reason === '')).toStrictEqual([]);
  // Of a union, the option that came closest speaks: it may stop above the place.
  expect(issues.map(({ path }) => path)).toSatisfy((paths: readonly string[]) =>
    paths.some((path) => where.startsWith(path) || path.startsWith(where)),
  );
  return true;
}

/** Replaces one place of a value, chosen by the numbers in turn; gives the path to it. */
function mutate(value: unknown, choices: readonly number[], path: string): [unknown, string] {
  const [choice = 0, ...rest] = choices;
  const container = isContainer(value) ? value : {};
  const keys = Object.keys(container);
  // The last choice, and every leaf, ends the walk.
  if (keys.length === 0 || rest.length === 0) return [wrong(value), path];
  const key = keys[choice % keys.length] as string;
  const inner = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
  const [changed, where] = mutate(container[key], rest, inner);
  return Array.isArray(value)
    ? [value.with(Number(key), changed), where]
    : [{ ...container, [key]: changed }, where];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof RawNumber);
}

/** Of another kind than the value, whatever it is. */
function wrong(value: unknown): unknown {
  return Array.isArray(value) ? { not: 'an array' } : [['neither', 'an object', 'nor a text']];
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('It was accepted.');
}
