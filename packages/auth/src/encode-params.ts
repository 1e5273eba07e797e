import { AuthError } from './auth-error.ts';

/** Decimals are texts. A number is for what is one: a count, a flag, a user reference. */
export type ParamValue =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | readonly ParamValue[]
  | Params;

/** `undefined` is left out. */
export interface Params {
  readonly [name: string]: ParamValue;
}

/**
 * How a form carries what is no scalar:
 * - `spot`: an object as `close[price]`, a list of scalars as `a,b`;
 * - `futures`: an object as JSON text (`batchorder`), a list of scalars as repeated keys
 *   (`orderIds=a&orderIds=b`).
 */
export type FormStyle = 'spot' | 'futures';

/**
 * `a=1&b=2`, percent-encoded (`+5` becomes `%2B5`).
 *
 * @throws AuthError `INVALID_PARAMETER`
 */
export function encodeForm(params: Params, style: FormStyle = 'spot'): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) append(form, name, value, style);
  return form.toString();
}

/**
 * JSON text in the order of the keys; a `bigint` becomes a text of its digits.
 *
 * @throws AuthError `INVALID_PARAMETER`
 */
export function encodeJson(params: Params): string {
  return JSON.stringify(toJson(params, ''));
}

function append(form: URLSearchParams, name: string, value: ParamValue, style: FormStyle): void {
  if (value === undefined) return;
  if (typeof value !== 'object') {
    form.append(name, formatScalar(value, name));
  } else if (style === 'futures') {
    if (isList(value) && value.every((item) => typeof item !== 'object')) {
      for (const item of value) append(form, name, item, style);
    } else form.append(name, JSON.stringify(toJson(value, name)));
  } else if (isList(value)) {
    form.append(name, value.map((item) => formatListItem(item, name)).join(','));
  } else {
    assertPlain(value, name);
    for (const [key, item] of Object.entries(value)) append(form, `${name}[${key}]`, item, style);
  }
}

function formatListItem(value: ParamValue, name: string): string {
  if (typeof value === 'object' || value === undefined) {
    throw new AuthError(
      'INVALID_PARAMETER',
      `A form cannot carry the list of objects in "${name}". Send the request with encoding: 'json'.`,
      { field: name },
    );
  }
  const text = formatScalar(value, name);
  if (!text.includes(',')) return text;
  throw new AuthError(
    'INVALID_PARAMETER',
    `An item of "${name}" has a comma, which would make it two. Send the request with encoding: 'json'.`,
    { field: name },
  );
}

function formatScalar(value: string | number | bigint | boolean, name: string): string {
  assertScalar(value, name);
  return String(value);
}

function toJson(value: ParamValue, name: string): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') {
    if (value !== undefined) assertScalar(value, name);
    return value;
  }
  if (!isList(value)) assertPlain(value, name);
  if (isList(value)) return value.map((item) => toJson(item, name));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, key)]));
}

/** Without types a function, a symbol or half a character gets here, and would be signed as something else. */
function assertScalar(value: string | number | bigint | boolean, name: string): void {
  if (typeof value === 'number') assertExact(value, name);
  else if (typeof value === 'string') assertWellFormed(value, name);
  else if (typeof value !== 'bigint' && typeof value !== 'boolean') refuseKind(typeof value, name);
}

/** A date, a map or `null` has no fields of its own, and would go out as nothing. */
function assertPlain(value: Params, name: string): void {
  if (value === null) refuseKind('null', name);
  const prototype = Object.getPrototypeOf(value) as object | null;
  // By its constructor's name: an object of another realm is plain, too.
  const kind = prototype === null ? 'Object' : prototype.constructor.name;
  if (kind !== 'Object') refuseKind(kind, name);
}

function assertWellFormed(text: string, name: string): void {
  if (!/[\uD800-\uDFFF]/u.test(text)) return;
  throw new AuthError(
    'INVALID_PARAMETER',
    `"${name}" has half a character (a lone surrogate), which UTF-8 cannot carry.`,
    { field: name },
  );
}

function refuseKind(kind: string, name: string): never {
  throw new AuthError(
    'INVALID_PARAMETER',
    `"${name}" is of the kind ${kind}, which a request cannot carry. Give it as a text.`,
    { field: name },
  );
}

/** A number prints as it was meant when it is not huge, tiny, NaN or infinite. */
function assertExact(value: number, name: string): void {
  const exact = Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : /^-?[\d.]+$/.test(`${value}`);
  if (exact) return;
  throw new AuthError(
    'INVALID_PARAMETER',
    `"${name}" is a number that does not print exactly. Give it as a decimal text or a bigint.`,
    { field: name },
  );
}

/** `Array.isArray` does not narrow a readonly list. */
function isList(value: readonly ParamValue[] | Params): value is readonly ParamValue[] {
  return Array.isArray(value);
}
