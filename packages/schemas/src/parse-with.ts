import * as z from 'zod/mini';
import { RawNumber } from './json/raw-number.ts';
import { stringifyJson } from './json/stringify-json.ts';
import { SchemaError, type SchemaIssue } from './schema-error.ts';

/**
 * A value of `parseJson` as the schema's type, its fields in the order in which they came (zod alone
 * would put them in the schema's). `subject` names it in the error.
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
 * {@link parseWith}, and the way to write a request.
 *
 * @throws SchemaError `INVALID_MESSAGE` when the value is not of the schema
 */
export function formatWith<S extends z.core.$ZodType>(
  schema: S,
  value: z.output<S>,
  subject = 'value',
): string {
  const result = z.safeEncode(schema, value, { reportInput: true });
  if (result.success) return stringifyJson(inOrderOf(value, result.data));
  throw invalid(subject, result.error.issues);
}

function invalid(subject: string, zodIssues: readonly z.core.$ZodIssue[]): SchemaError {
  const issues = zodIssues.flatMap((issue) => describeIssue(issue));
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

/** A zod issue as paths and reasons; that of a union as those of its closest option. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  prefix: readonly PropertyKey[] = [],
): SchemaIssue[] {
  const path = [...prefix, ...issue.path];
  const at = (reason: string): SchemaIssue[] => [{ path: formatPath(path), reason }];
  switch (issue.code) {
    case 'invalid_type':
      return at(`expected ${issue.expected}, received ${kindOf(issue.input)}`);
    case 'invalid_value':
      return at(`expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: formatPath([...path, key]),
        reason: 'unknown field',
      }));
    case 'invalid_union': {
      if (issue.errors.length === 0) {
        return at(
          issue.discriminator === undefined
            ? 'none of the known shapes'
            : `unknown ${issue.discriminator}`,
        );
      }
      const closest = issue.errors.reduce((best, next) =>
        next.length < best.length ? next : best,
      );
      return closest.flatMap((inner) => describeIssue(inner, path));
    }
    case 'invalid_format':
      return at(
        `not of the documented form (${issue.format === 'regex' ? issue.pattern : issue.format})`,
      );
    case 'too_small':
      return at(`expected at least ${issue.minimum}`);
    case 'too_big':
      return at(`expected at most ${issue.maximum}`);
    case 'custom': {
      const expected: unknown = issue.params?.['expected'];
      return at(
        typeof expected === 'string'
          ? `expected ${expected}, received ${kindOf(issue.input)}`
          : issue.message,
      );
    }
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    default:
      return at(issue.message);
  }
}

/** What a value is, never what it says: it may be a token. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof RawNumber) return 'number';
  return typeof value;
}

/** `data[0].bids[2].price` */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

/** `output` with the keys of its objects in the order of `input`. */
function inOrderOf(input: unknown, output: unknown): unknown {
  if (Array.isArray(input) && Array.isArray(output)) {
    return output.map((item, index) => inOrderOf(input[index], item));
  }
  if (!isPlainObject(input) || !isPlainObject(output)) return output;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(input)) {
    if (Object.hasOwn(output, key)) ordered[key] = inOrderOf(input[key], output[key]);
  }
  for (const key of Object.keys(output)) {
    if (!Object.hasOwn(ordered, key)) ordered[key] = output[key];
  }
  return ordered;
}
