import type * as z from 'zod/mini';
import { RawNumber } from './json/raw-number.ts';
import type { SchemaIssue } from './schema-error.ts';

/** A zod issue that is no union's, with its path from the top. */
export interface FlatIssue {
  readonly path: readonly PropertyKey[];
  readonly issue: z.core.$ZodIssue;
}

/** Zod's issues, those of a union replaced by the ones of its closest option. */
export function flattenIssues(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly PropertyKey[] = [],
): FlatIssue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    return issue.code === 'invalid_union' && issue.errors.length > 0
      ? flattenIssues(closestOf(issue.errors), path)
      : [{ path, issue }];
  });
}

/** Zod's issues as paths and reasons. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): SchemaIssue[] {
  return flattenIssues(issues).flatMap(({ path, issue }) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: formatPath([...path, key]), reason: 'unknown field' }))
      : [{ path: formatPath(path), reason: reasonOf(issue) }],
  );
}

/** The option of a union that failed deepest inside the value is the one that was meant. */
function closestOf(options: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  return options.reduce((best, next) => {
    const deeper = depthOf(next) - depthOf(best);
    return deeper > 0 || (deeper === 0 && next.length < best.length) ? next : best;
  });
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...flattenIssues(issues).map(({ path }) => path.length));
}

/** `expected a decimal, received boolean` */
export function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input instanceof RawNumber && issue.expected === 'number') {
        return 'expected an integer up to 2^53, received a number with a fraction or a larger one';
      }
      return `expected ${issue.expected}, received ${kindOf(issue.input)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'none of the known shapes'
        : `unknown ${issue.discriminator}`;
    case 'invalid_format':
      return `not of the documented form ${issue.pattern ?? issue.format}`;
    case 'too_small':
      return `expected at least ${issue.minimum}`;
    case 'too_big':
      return `expected at most ${issue.maximum}`;
    case 'custom': {
      const expected: unknown = issue.params?.['expected'];
      return typeof expected === 'string'
        ? `expected ${expected}, received ${kindOf(issue.input)}`
        : 'refused';
    }
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    default:
      return issue.code;
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
function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}
