import type { SignableParams, SignableValue } from '@kr/schemas/shared';
import { invalidParams } from './errors.ts';

/** Decimals are texts. A number is for what is one: a count, a flag, a user reference. */
export type ParamValue = SignableValue;

/** `undefined` is left out. */
export type Params = SignableParams;

/** Without `null` and `undefined`, which both mean "not given". */
export function withoutAbsent(params: Readonly<Record<string, unknown>>): Params {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== undefined && value !== null),
  ) as Params;
}

/** Whether a form cannot carry them: `AddOrderBatch` has a list of objects. */
export function needsJson(params: Params): boolean {
  return Object.values(params).some(
    (value) => Array.isArray(value) && value.some((item) => typeof item === 'object'),
  );
}

/**
 * `{symbol}` of a path from the parameter of that name; the others are handed back.
 *
 * @throws RestError `INVALID_PARAMS` for what is no segment of a path
 */
export function fillPath(
  template: string,
  params: Params,
  endpoint: string,
): { path: string; rest: Params } {
  const rest: Record<string, ParamValue> = { ...params };
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    // Dots would be resolved on the way, and the signature would be of another path.
    if (value === undefined || typeof value === 'object' || /^\.{0,2}$/.test(String(value))) {
      throw invalidParams(endpoint, name, 'it stands in the path, and needs a text of its own');
    }
    return encodeURIComponent(String(value));
  });
  return { path, rest };
}

/** The query of a public request; a list repeats its key (Futures) or is joined by commas (Spot). */
export function encodeQuery(params: Params, lists: 'repeat' | 'comma'): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (typeof value !== 'object') query.append(name, String(value));
    else if (!Array.isArray(value)) query.append(name, JSON.stringify(value));
    else if (lists === 'comma') query.append(name, value.join(','));
    else for (const item of value) query.append(name, String(item));
  }
  return query.toString();
}
