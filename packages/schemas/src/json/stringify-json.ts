import { SchemaError } from '../schema-error.ts';
import { RawNumber } from './raw-number.ts';

/** As deep as `parseJson` reads. */
const MAX_DEPTH = 200;
const MAX_PATH = 200;

/**
 * Compact JSON text in which a {@link RawNumber} (and a bigint) prints its digits raw. Keys in their
 * order, `undefined` members left out: `stringifyJson(parseJson(text))` is `text` when that has no
 * spaces and no needless escapes.
 *
 * @throws SchemaError `UNWRITABLE_VALUE` for what JSON cannot hold: NaN, Infinity, functions, `undefined` in an
 * array, dates and maps, what holds itself or is deeper than any text that `parseJson` reads
 */
export function stringifyJson(value: unknown): string {
  return write(value, '', 0);
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
      return refuse(`${value}`, path);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (value instanceof RawNumber) return value.text;
      if (depth >= MAX_DEPTH) return refuse(`below ${MAX_DEPTH} levels, or within itself`, path);
      return Array.isArray(value)
        ? writeArray(value, path, depth + 1)
        : writeObject(value, path, depth + 1);
    case 'undefined':
    case 'function':
    case 'symbol':
    default:
      return refuse(typeof value, path);
  }
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  return `[${values.map((value, index) => write(value, `${path}[${index}]`, depth)).join(',')}]`;
}

function writeObject(object: object, path: string, depth: number): string {
  // A date or a map has no fields of its own: all that it holds would be lost.
  if (object instanceof Date || object instanceof Map || object instanceof Set) {
    return refuse(object.constructor.name, path);
  }
  const members: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) {
      members.push(
        `${JSON.stringify(key)}:${write(value, path === '' ? key : `${path}.${key}`, depth)}`,
      );
    }
  }
  return `{${members.join(',')}}`;
}

function refuse(what: string, path: string): never {
  // The path of what holds itself would not end.
  const short = path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}…` : path;
  const where = path === '' ? 'The value' : `The value at ${short}`;
  throw new SchemaError('UNWRITABLE_VALUE', `${where} is ${what}, which JSON cannot hold.`);
}
