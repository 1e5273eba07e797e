import { SchemaError } from '../schema-error.ts';
import { RawNumber } from './raw-number.ts';

/**
 * Compact JSON text in which a {@link RawNumber} (and a bigint) prints its digits raw. Keys in their
 * order, `undefined` members left out: `stringifyJson(parseJson(text))` is `text` when that has no
 * spaces and no needless escapes.
 *
 * @throws SchemaError `UNWRITABLE_VALUE` for what JSON cannot hold: NaN, Infinity, functions, `undefined` in an array
 */
export function stringifyJson(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, path: string): string {
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
      return Array.isArray(value) ? writeArray(value, path) : writeObject(value, path);
    case 'undefined':
    case 'function':
    case 'symbol':
    default:
      return refuse(typeof value, path);
  }
}

function writeArray(values: readonly unknown[], path: string): string {
  return `[${values.map((value, index) => write(value, `${path}[${index}]`)).join(',')}]`;
}

function writeObject(object: object, path: string): string {
  const members: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) {
      members.push(`${JSON.stringify(key)}:${write(value, path === '' ? key : `${path}.${key}`)}`);
    }
  }
  return `{${members.join(',')}}`;
}

function refuse(what: string, path: string): never {
  const where = path === '' ? 'The value' : `The value at ${path}`;
  throw new SchemaError('UNWRITABLE_VALUE', `${where} is ${what}, which JSON cannot hold.`);
}
