import { isNumberText, RawNumber, stringifyJson } from '@kr/schemas/json';
import type { CallOptions } from './call-options.ts';
import type { Endpoint } from './endpoint.ts';
import { needsJson, type Params } from './params.ts';
import type { RequestToSign } from './signer.ts';

/** A private request as its venue takes it; `params` are those that do not stand in the path. */
export function requestToSign(
  endpoint: Endpoint,
  path: string,
  params: Params,
  { encoding }: CallOptions,
): RequestToSign {
  const { venue, method, jsonNumbers, writeParams } = endpoint;
  const hasBody = method === 'POST' || method === 'PUT';
  if (venue === 'spot') {
    return { method, path, params, encoding: encoding ?? (needsJson(params) ? 'json' : 'form') };
  }
  const asJson = encoding === undefined ? jsonNumbers !== undefined : encoding === 'json';
  if (asJson && hasBody) return { method, path, json: writeJson(params, jsonNumbers ?? []) };
  return { method, path, params: writeParams?.(params) ?? params };
}

/** Decimals are texts here and raw numbers there, with every digit that was given. */
function writeJson(params: Params, numbers: readonly string[]): string {
  const raw = numbers.flatMap((name) => {
    const value = params[name];
    return typeof value === 'string' && isNumberText(value) ? [[name, new RawNumber(value)]] : [];
  });
  return stringifyJson({ ...params, ...Object.fromEntries(raw) });
}
