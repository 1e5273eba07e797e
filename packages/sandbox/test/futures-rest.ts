import { createCredentials, createFuturesSigner, createNonceSource } from '@kr/auth';
import { strictOf } from '@kr/schemas';
import {
  errorResultSchema,
  type FuturesEndpointName,
  futuresEndpoints,
} from '@kr/schemas/futures-rest';
import { parseJson } from '@kr/schemas/json';
import { createSystemClock } from '@kr/schemas/shared';
import type { FuturesAccountOptions } from '../src/futures/desk.ts';

type Params = Record<string, string | readonly string[]>;

/** Futures REST of one key, over a real socket: every answer is strict by the schemas. */
export class FuturesRest {
  readonly #url: string;
  readonly #signer: ReturnType<typeof createFuturesSigner>;

  constructor(url: string, { key, secret }: Pick<FuturesAccountOptions, 'key' | 'secret'>) {
    this.#url = url;
    const credentials = createCredentials({
      key,
      secret,
      venue: 'futures',
      environment: 'sandbox',
    });
    const nonces = createNonceSource({ clock: createSystemClock(), unit: 'ms' });
    this.#signer = createFuturesSigner({ credentials, nonces });
  }

  /** The answer of an endpoint as text. */
  async call(name: FuturesEndpointName, params: Params = {}): Promise<string> {
    const { api, method, path, access } = futuresEndpoints[name];
    const rest: Params = {};
    let target = `${api}${path}`;
    for (const [key, value] of Object.entries(params)) {
      if (target.includes(`{${key}}`)) target = target.replace(`{${key}}`, String(value));
      else rest[key] = value;
    }
    if (access === 'public') {
      const query = new URLSearchParams();
      for (const [key, value] of Object.entries(rest)) {
        for (const each of [value].flat()) query.append(key, each);
      }
      return (await fetch(`${this.#url}${target}?${query.toString()}`)).text();
    }
    const signed = await this.#signer.sign({ method, path: target, params: rest });
    const { headers, body } = signed;
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    return (await fetch(this.#url + signed.target, init)).text();
  }

  /** The answer, which must be as the endpoint's schema has it, without an unknown field. */
  async get<T = Record<string, unknown>>(
    name: FuturesEndpointName,
    params: Params = {},
  ): Promise<T> {
    const text = await this.call(name, params);
    const outcome = strictOf(futuresEndpoints[name].result).safeParse(parseJson(text));
    if (!outcome.success) throw new Error(`${name}: ${outcome.error.message} in ${text}`);
    return JSON.parse(text) as T;
  }

  /** The error of a call that is refused as a whole. */
  async errorOf(name: FuturesEndpointName, params: Params = {}): Promise<string> {
    const text = await this.call(name, params);
    const outcome = strictOf(errorResultSchema).safeParse(parseJson(text));
    if (!outcome.success) throw new Error(`${name}: ${outcome.error.message} in ${text}`);
    return outcome.data.error;
  }
}
