import { RawNumber } from '../src/json/raw-number.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What can go wrong with one place of a value: the place, or what is in it, is another than before. */
const mutations: readonly ((value: unknown) => unknown)[] = [
  // Of another kind, whatever it was.
  (value) =>
    Array.isArray(value) ? { not: 'an array' } : [['neither', 'an object', 'nor a text']],
  () => null,
  (value) => (typeof value === 'string' ? 17 : 'of another kind'),
  (value) => (typeof value === 'boolean' ? new RawNumber('0.5') : true),
  (value) => (isFields(value) ? { ...value, never_documented: 1 } : -1),
  (value) =>
    isFields(value) ? Object.fromEntries(Object.entries(value).slice(1)) : new RawNumber('1e400'),
  (value) => (Array.isArray(value) ? value.slice(1) : 'a word that nobody knows'),
  (value) => (typeof value === 'number' ? new RawNumber('18446744073709551616') : ''),
];

/**
 * Changes one place of a value: the first number chooses how, the others which. Gives the path to
 * the place too.
 */
export function mutate(
  value: unknown,
  [how = 0, ...choices]: readonly number[],
): [unknown, string] {
  const change = mutations[how % mutations.length] as (before: unknown) => unknown;
  return mutateAt(value, choices, '', change);
}

function mutateAt(
  value: unknown,
  [choice = 0, ...rest]: readonly number[],
  path: string,
  change: (before: unknown) => unknown,
): [unknown, string] {
  const container: Fields = Array.isArray(value) || isFields(value) ? (value as Fields) : {};
  const keys = Object.keys(container);
  // The last choice, and every leaf, ends the walk.
  if (keys.length === 0 || rest.length === 0) return [change(value), path];
  const key = keys[choice % keys.length] as string;
  const inner = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
  const [changed, where] = mutateAt(container[key], rest, inner, change);
  return Array.isArray(value)
    ? [value.with(Number(key), changed), where]
    : [{ ...container, [key]: changed }, where];
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}
