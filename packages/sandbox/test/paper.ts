import { createCredentials, createNonceSource, createSpotSigner } from '@kr/auth';
import { strictOf } from '@kr/schemas';
import { parseJson } from '@kr/schemas/json';
import { type SpotEndpointName, spotEndpoints } from '@kr/schemas/rest';
import { type Clock, createSystemClock, createSystemTimers, type Timers } from '@kr/schemas/shared';

import type { PaperAccount } from '../src/paper/paper-desk.ts';
import { createSandboxKey } from '../src/safety/sandbox-key.ts';
import { createSandbox } from '../src/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../src/sandbox-types.ts';
import { TestClient } from './client.ts';

/** An account with a key that is fake by form. */
export function paperAccount(
  name: string,
  balances: Record<string, string> = { USD: '100000', BTC: '10', EUR: '10000' },
  permissions?: readonly string[],
): PaperAccount {
  return { ...createSandboxKey(name), balances, permissions };
}

/** REST of one key, over a real socket. */
export class PaperClient {
  readonly #url: string;
  readonly #signer: ReturnType<typeof createSpotSigner>;

  constructor(url: string, { key, secret }: PaperAccount) {
    this.#url = url;
    const credentials = createCredentials({ key, secret, environment: 'sandbox' });
    const nonces = createNonceSource({ clock: createSystemClock() });
    this.#signer = createSpotSigner({ credentials, nonces });
  }

  /** The whole envelope. */
  async call(name: string, params: object = {}): Promise<{ error: string[]; result?: unknown }> {
    const { text } = await this.send(name, params);
    return JSON.parse(text) as { error: string[]; result?: unknown };
  }

  /** The answer as it came. */
  async send(name: string, params: object = {}): Promise<{ response: Response; text: string }> {
    const { target, headers, body } = await this.#signer.sign({
      path: `/0/private/${name}`,
      params: params as Record<string, string>,
      encoding: 'json',
    });
    const init = { method: 'POST', headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(this.#url + target, init);
    return { response, text: await response.text() };
  }

  /** The result, which must be as the endpoint's schema has it, without an unknown field. */
  async get<T = Record<string, unknown>>(name: SpotEndpointName, params: object = {}): Promise<T> {
    const { error, result } = await this.call(name, params);
    if (error.length > 0) throw new Error(`${name}: ${error.join(', ')}`);
    checkResult(name, result);
    return result as T;
  }

  async token(): Promise<string> {
    return (await this.get<{ token: string }>('GetWebSocketsToken')).token;
  }
}

/** Throws for what the endpoint's schema, read strictly, does not have. */
export function checkResult(name: SpotEndpointName, result: unknown): void {
  const value = parseJson(JSON.stringify(result));
  const outcome = strictOf(spotEndpoints[name].result).safeParse(value);
  if (!outcome.success)
    throw new Error(`${name}: ${outcome.error.message} in ${JSON.stringify(result)}`);
}

export async function publicCall(
  url: string,
  name: string,
  query = '',
): Promise<{ error: string[]; result?: Record<string, unknown> }> {
  const response = await fetch(`${url}/0/public/${name}${query}`);
  return (await response.json()) as { error: string[]; result?: Record<string, unknown> };
}

/** A sandbox with accounts, and what connects to it. */
export async function openPaper(
  accounts: readonly PaperAccount[],
  options: Partial<SandboxOptions> = {},
  time?: Clock & Timers,
): Promise<{
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly rest: readonly PaperClient[];
  readonly connect: () => Promise<TestClient>;
}> {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1 },
    clock: time ?? createSystemClock(),
    timers: time ?? createSystemTimers(),
    accounts,
    ...options,
  });
  const { url, port } = await sandbox.listen();
  const http = `http://127.0.0.1:${port}`;
  return {
    sandbox,
    url: http,
    rest: accounts.map((account) => new PaperClient(http, account)),
    connect: () => TestClient.connect(url),
  };
}
