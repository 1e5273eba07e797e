import * as z from 'zod/mini';
import { decodeInPlace, inOrderOf } from './decode.ts';
import { describeIssues } from './issues.ts';
import { parseJson } from './json/parse-json.ts';
import { stringifyJson } from './json/stringify-json.ts';
import { decodeUtf8 } from './json/utf8.ts';
import { readText } from './read.ts';
import { SchemaError } from './schema-error.ts';

/**
 * JSON text (or its UTF-8 bytes) as the schema's type, its fields in the order in which they came.
 * `subject` names it in the error.
 *
 * @throws SchemaError `MALFORMED_JSON`; `INVALID_MESSAGE` with a path and a reason for each thing refused
 */
export function parseText<S extends z.core.$ZodType>(
  schema: S,
  source: string | Uint8Array,
  subject?: string,
): z.output<S> {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  return readText(schema, text) ?? parseWith(schema, parseJson(text), subject);
}

/**
 * As {@link parseText}, of the value that `parseJson(source)` has just given: it is changed in place.
 * On a refusal the source is read again, to describe what came and not what was left of it.
 */
export function parseOwn<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  subject: string | undefined,
  source: string | Uint8Array,
): z.output<S> {
  return decodeInPlace(schema, value) ?? parseWith(schema, parseJson(source), subject);
}

/**
 * A value of `parseJson` (or of `JSON.parse`, with what that lost) as the schema's type, its fields
 * in the order in which they came. The value is left as it is.
 *
 * @throws SchemaError `INVALID_MESSAGE`, with a path and a reason for each thing refused
 */
export function parseWith<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  subject = 'value',
): z.output<S> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return inOrderOf(value, result.data) as z.output<S>;
  throw invalid(subject, result.error.issues);
}

/**
 * JSON text of a value, with every decimal printed raw from its digits: the way back of
 * {@link parseText}, and the way to write a request.
 *
 * @throws SchemaError `INVALID_MESSAGE` when the value is not of the schema
 */
export function formatText<S extends z.core.$ZodType>(
  schema: S,
  value: z.output<S>,
  subject = 'value',
): string {
  const result = z.safeEncode(schema, value, { reportInput: true });
  if (result.success) return stringifyJson(inOrderOf(value, result.data));
  throw invalid(subject, result.error.issues);
}

function invalid(subject: string, zodIssues: readonly z.core.$ZodIssue[]): SchemaError {
  const issues = describeIssues(zodIssues);
  const first = issues[0];
  const where = first?.path === '' ? '' : ` at ${first?.path}`;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new SchemaError(
    'INVALID_MESSAGE',
    `Invalid ${subject}: ${first?.reason}${where}${more}.`,
    {
      subject,
      issues,
    },
  );
}
