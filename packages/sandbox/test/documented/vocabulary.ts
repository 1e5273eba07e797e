import { toJsonSchema } from '@kr/schemas/json-schema';
import type * as z from 'zod/mini';

interface Described {
  readonly oneOf?: readonly Described[];
  readonly anyOf?: readonly Described[];
  readonly items?: Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
}

/** Fields whose value says which other fields there are: they become part of the path. */
const DISCRIMINATORS = ['method', 'event', 'channel'] as const;

/**
 * Everything that a client may say by a schema: `add_order.params.side` is a field,
 * `add_order.params.side = buy` a value of one that has a list of values.
 */
export function documentedIn(schema: z.core.$ZodType, path = ''): Set<string> {
  const words = new Set<string>();
  const walk = (described: Described, at: string): void => {
    for (const option of [...(described.oneOf ?? []), ...(described.anyOf ?? [])]) walk(option, at);
    for (const value of described.enum ?? []) words.add(`${at} = ${String(value)}`);
    if (described.items !== undefined) walk(described.items, at);
    const { properties = {} } = described;
    const inside = DISCRIMINATORS.reduce((within, name) => {
      const value = properties[name]?.const;
      return value === undefined ? within : `${within}(${String(value)})`;
    }, at);
    for (const [name, field] of Object.entries(properties)) {
      words.add(`${inside}.${name}`);
      walk(field, `${inside}.${name}`);
    }
  };
  walk(toJsonSchema(schema), path);
  return words;
}

/** What of that a request says. */
export function saidIn(request: unknown, path = ''): Set<string> {
  const words = new Set<string>();
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, at);
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Readonly<Record<string, unknown>>;
      const inside = DISCRIMINATORS.reduce((within, name) => {
        const own = fields[name];
        return typeof own === 'string' ? `${within}(${own})` : within;
      }, at);
      // Without them too: elsewhere such a field may be one like any other.
      for (const [name, field] of Object.entries(fields)) {
        for (const before of new Set([at, inside])) {
          words.add(`${before}.${name}`);
          walk(field, `${before}.${name}`);
        }
      }
    } else words.add(`${at} = ${String(value)}`);
  };
  walk(request, path);
  return words;
}

/** What is documented and in none of the requests. */
export function unsaid(documented: Iterable<string>, requests: readonly unknown[]): string[] {
  const said = new Set(requests.flatMap((request) => [...saidIn(request)]));
  return [...documented].filter((word) => !said.has(word)).toSorted();
}

/** A copy in which each of these words, `{0}` say, stands for a text, in names too. */
export function fillIn<T>(template: T, values: Readonly<Record<string, string>>): T {
  const fill = (text: string): string =>
    text.replaceAll(/\{[\w-]+\}/g, (word) => values[word] ?? word);
  if (typeof template === 'string') return fill(template) as T;
  if (Array.isArray(template)) return template.map((each: unknown) => fillIn(each, values)) as T;
  if (typeof template !== 'object' || template === null) return template;
  // An asymmetric matcher of the test runner, as it is.
  if ('asymmetricMatch' in template) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, each]) => [fill(name), fillIn(each, values)]),
  ) as T;
}
