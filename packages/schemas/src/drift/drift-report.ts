import * as z from 'zod/mini';
import { type FlatIssue, flattenIssues, reasonOf } from '../issues.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { isJsonObject, type Route } from '../routes.ts';
import { isSchemaError } from '../schema-error.ts';
import { strictOf } from '../strict.ts';
import { foldPath } from './fold-path.ts';

/**
 * - `unknownField`, `unknownValue`: Kraken has added one;
 * - `missingField`: one that was always there is not;
 * - `typeChange`: one is of another kind than documented;
 * - `unknownMessage`: a channel, an event or a method that this package does not know;
 * - `malformed`: no JSON.
 */
export type DriftKind =
  | 'unknownField'
  | 'unknownValue'
  | 'missingField'
  | 'typeChange'
  | 'unknownMessage'
  | 'malformed';

/** One way in which messages differ from their schema. */
export interface DriftRow {
  /** `book update`, `subscribe acknowledgement`, `Depth result`. */
  readonly subject: string;
  readonly kind: DriftKind;
  /** With `[]` for any place of an array, `*` for any name of a record: `data[].bids[].price`. */
  readonly path: string;
  /** The value, or what was expected and what came. */
  readonly detail: string;
  readonly count: number;
  /** The first message that showed it, its end cut off. It says what the message said. */
  readonly example: string;
}

export interface DriftReport {
  /** All that were observed. */
  readonly messages: number;
  /** Those that differ from their schema in something. */
  readonly drifting: number;
  readonly bySubject: Readonly<
    Record<string, { readonly messages: number; readonly drifting: number }>
  >;
  /** The most frequent first. */
  readonly rows: readonly DriftRow[];
  /** Findings beyond `maxRows`, counted and not kept. */
  readonly omitted: number;
}

export interface DriftObserver {
  /** A message of a socket: `observe(routeWsMessage, text)`. Never throws on what it is given. */
  observe(route: (value: JsonValue) => Route | undefined, source: string | Uint8Array): void;
  /** A body of which it is known what it should be: `observeAs('Depth result', depthResultSchema, text)`. */
  observeAs(subject: string, schema: z.core.$ZodType, source: string | Uint8Array): void;
  report(): DriftReport;
}

export interface DriftOptions {
  /** How many different findings are kept; 1000 when absent. */
  readonly maxRows?: number | undefined;
  /** How many characters of an example; 500 when absent. */
  readonly maxExample?: number | undefined;
}

type Finding = Pick<DriftRow, 'kind' | 'path' | 'detail'>;

/** Watches messages for what their schemas do not say. */
export function createDriftObserver(options: DriftOptions = {}): DriftObserver {
  const { maxRows = 1000, maxExample = 500 } = options;
  const rows = new Map<string, DriftRow>();
  const bySubject: Record<string, { messages: number; drifting: number }> = {};
  let omitted = 0;

  const record = (
    subject: string,
    findings: readonly Finding[],
    source: string | Uint8Array,
  ): void => {
    const totals = (bySubject[subject] ??= { messages: 0, drifting: 0 });
    totals.messages += 1;
    if (findings.length > 0) totals.drifting += 1;
    for (const finding of findings) {
      const key = JSON.stringify([subject, finding.kind, finding.path, finding.detail]);
      const row = rows.get(key);
      if (row !== undefined) rows.set(key, { ...row, count: row.count + 1 });
      else if (rows.size >= maxRows) omitted += 1;
      else rows.set(key, { subject, ...finding, count: 1, example: startOf(source, maxExample) });
    }
  };

  const observeValue = (find: (value: JsonValue) => void, source: string | Uint8Array): void => {
    let value: JsonValue;
    try {
      value = parseJson(source);
    } catch (error) {
      if (!isSchemaError(error)) throw error;
      record('malformed', [{ kind: 'malformed', path: '', detail: error.message }], source);
      return;
    }
    find(value);
  };

  return {
    observe(route, source) {
      observeValue((value) => {
        const found = route(value);
        if (found === undefined) {
          record('unknown', [{ kind: 'unknownMessage', path: '', detail: labelOf(value) }], source);
        } else {
          record(found.subject, findDrift(found.schema, found.value ?? value), source);
        }
      }, source);
    },
    observeAs(subject, schema, source) {
      observeValue((value) => {
        record(subject, findDrift(schema, value), source);
      }, source);
    },
    report() {
      const totals = Object.values(bySubject);
      return {
        messages: totals.reduce((sum, { messages }) => sum + messages, 0),
        drifting: totals.reduce((sum, { drifting }) => sum + drifting, 0),
        bySubject: structuredCopy(bySubject),
        rows: [...rows.values()].toSorted((a, b) => b.count - a.count),
        omitted,
      };
    },
  };
}

function structuredCopy<T extends object>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([key, row]) => [key, { ...row }]));
}

/** The same finding at another place of an array, or under another name, is the same finding. */
function findDrift(schema: z.core.$ZodType, value: JsonValue): Finding[] {
  const result = z.safeParse(strictOf(schema), value, { reportInput: true });
  if (result.success) return [];
  const findings = new Map<string, Finding>();
  const issues = flattenIssues(result.error.issues);
  for (const finding of issues.flatMap((flat) => findingsOf(schema, flat))) {
    findings.set(JSON.stringify(finding), finding);
  }
  return [...findings.values()];
}

function findingsOf(schema: z.core.$ZodType, { path, issue }: FlatIssue): Finding[] {
  const at = foldPath(schema, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        kind: 'unknownField',
        path: at === '' ? key : `${at}.${key}`,
        detail: 'unknown field',
      }));
    case 'invalid_value':
      return issue.input === undefined
        ? [{ kind: 'missingField', path: at, detail: reasonOf(issue) }]
        : [{ kind: kindOfValue(issue), path: at, detail: printed(issue.input) }];
    case 'invalid_union':
      return [
        {
          kind: lacksDiscriminator(issue) ? 'missingField' : 'unknownValue',
          path: at,
          detail: reasonOf(issue),
        },
      ];
    case 'invalid_type':
    case 'custom': {
      const kind = issue.input === undefined ? 'missingField' : 'typeChange';
      return [{ kind, path: at, detail: reasonOf(issue) }];
    }
    case 'invalid_format':
    case 'too_small':
    case 'too_big':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    default:
      return [{ kind: 'typeChange', path: at, detail: reasonOf(issue) }];
  }
}

function lacksDiscriminator({ discriminator, input }: z.core.$ZodIssueInvalidUnion): boolean {
  if (discriminator === undefined || typeof input !== 'object' || input === null) return false;
  return !Object.hasOwn(input, discriminator);
}

/** A value of the kind of the known ones is a new one. */
function kindOfValue({ input, values }: z.core.$ZodIssueInvalidValue): DriftKind {
  return values.some((value) => typeof value === typeof input) ? 'unknownValue' : 'typeChange';
}

function printed(value: unknown): string {
  return startOf(JSON.stringify(value), 100);
}

function labelOf(value: JsonValue): string {
  if (!isJsonObject(value)) return Array.isArray(value) ? printed(value.at(-2)) : typeof value;
  for (const key of ['method', 'channel', 'event', 'feed']) {
    const name = value[key];
    if (typeof name === 'string') {
      const { type } = value;
      return typeof type === 'string' ? `${key} ${name} ${type}` : `${key} ${name}`;
    }
  }
  return `fields ${Object.keys(value).join(', ')}`;
}

function startOf(source: string | Uint8Array, length: number): string {
  const text =
    typeof source === 'string'
      ? source
      : // A character has at most four bytes.
        new TextDecoder().decode(source.subarray(0, length * 4));
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
