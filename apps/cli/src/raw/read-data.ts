import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type JsonValue, parseJson, RawNumber } from '@kr/schemas/json';
import * as z from 'zod/mini';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { KnownEndpoint } from './endpoint-of.ts';

type Data = Record<string, unknown>;

/**
 * The parameters of `--data`, however often it was given: a JSON object, `key=value&key=value`,
 * `@file`, or `@-` for stdin. Decimals stay texts, with the digits that were typed.
 */
export const readData = async (given: readonly string[], io: Io): Promise<Data> => {
  const parts = await Promise.all(given.map((text) => readPart(text, io)));
  return Object.assign({}, ...parts) as Data;
};

const readPart = async (given: string, io: Io): Promise<Data> => {
  const text = (await contentOf(given, io)).trim();
  if (text.startsWith('{')) return readJson(text, given);
  const data: Data = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const before = data[key];
    data[key] = before === undefined ? value : [before, value].flat();
  }
  return data;
};

const contentOf = async (given: string, io: Io): Promise<string> => {
  if (!given.startsWith('@')) return given;
  if (given === '@-') return io.readStdin();
  return readFile(resolve(io.workingDirectory, given.slice(1)), 'utf8');
};

const readJson = (text: string, given: string): Data => {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    const from = given.startsWith('@') ? ` in ${given.slice(1)}` : '';
    const reason = error instanceof Error ? error.message : '';
    throw new CliError('parse', `The data${from} is no JSON: ${reason}`, {
      code: 'MALFORMED_JSON',
      hint: 'Write an object, as in {"pair":"XBTUSD"}, or key=value&key=value.',
      cause: error,
    });
  }
  return withTexts(value) as Data;
};

/** Digits as they were typed. */
const withTexts = (value: JsonValue): unknown => {
  if (value instanceof RawNumber) return value.text;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withTexts(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item)]));
};

/** What was typed is text: a count or a flag becomes one where the endpoint wants it. */
export const fitTypes = (data: Data, { params }: Pick<KnownEndpoint, 'params'>): Data => {
  const shape = (params as { readonly shape?: Record<string, z.core.$ZodType> }).shape ?? {};
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, fitType(value, shape[key])]),
  );
};

const fitType = (value: unknown, schema: z.core.$ZodType | undefined): unknown => {
  if (schema === undefined) return value;
  const fits = (candidate: unknown): boolean => z.safeParse(schema, candidate).success;
  if (fits(value)) return value;
  const others = [
    Number(value),
    value === 'true' || (value === 'false' ? false : value),
    [value],
    String(value),
  ];
  return others.find(fits) ?? value;
};
