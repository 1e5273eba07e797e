import { join } from 'node:path';
import {
  type Credentials,
  createCredentials,
  createNonceSource,
  createSpotSigner,
  fromEnv,
} from '@kr/auth';
import { createFileNonceStore, readKeyFile } from '@kr/auth/node';
import { createSpotClient, createTokenProvider, type SpotClient } from '@kr/rest';
import type { Clock, Timers, TokenProvider } from '@kr/schemas/shared';
import type { Config } from './config/schema.ts';
import { RecorderError } from './errors.ts';

export interface ExchangeOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The REST side of what is recorded: for the list of symbols, and for tokens. */
export interface Exchange extends AsyncDisposable {
  readonly rest: SpotClient;
  /** Where some feed needs one. The key signs REST calls alone: the sockets see tokens. */
  readonly tokens: TokenProvider | undefined;
}

const PRIVATE = new Set(['executions', 'balances', 'level3']);

/** @throws RecorderError `NO_CREDENTIALS`; AuthError for a key file that cannot be used */
export const openExchange = async (options: ExchangeOptions): Promise<Exchange> => {
  const { config, clock, timers, random, home } = options;
  const common = { clock, timers, random, baseUrl: restUrlOf(config), userAgent: 'kr-recorder' };
  const first = config.feeds.find(({ channel }) => PRIVATE.has(channel));
  if (first === undefined) {
    const rest = createSpotClient(common);
    return { rest, tokens: undefined, [Symbol.asyncDispose]: () => rest.close() };
  }
  const credentials = await findCredentials(options, first.channel);
  const place = config.source === 'live' ? 'nonces' : 'sandbox-nonces';
  const directory = join(home, '.kraken', place);
  const store = createFileNonceStore({ directory, key: credentials.key, timers });
  const signer = createSpotSigner({ credentials, nonces: createNonceSource({ clock, store }) });
  const rest = createSpotClient({ ...common, signer });
  return {
    rest,
    tokens: createTokenProvider(rest, clock),
    [Symbol.asyncDispose]: async () => {
      await rest.close();
      await store.close();
    },
  };
};

/** A sandbox answers REST where it speaks WebSocket. */
const restUrlOf = ({ rest, source, url }: Config): string | undefined => {
  if (rest !== undefined) return new URL(rest).origin;
  if (source === 'live' || url === undefined) return undefined;
  const { protocol, host } = new URL(url);
  return `${protocol === 'wss:' ? 'https:' : 'http:'}//${host}`;
};

const findCredentials = async (
  { config, env }: ExchangeOptions,
  channel: string,
): Promise<Credentials> => {
  const environment = config.source;
  const file = config.account.key_file;
  if (file !== undefined) return readKeyFile(file, { environment });
  const found = environment === 'live' ? fromEnv(env) : fromSandboxEnv(env);
  if (found !== undefined) return found;
  const names = environment === 'live' ? 'KRAKEN_API' : 'KR_SANDBOX_API';
  throw new RecorderError(
    'NO_CREDENTIALS',
    `${channel} needs a key that may ask for WebSocket tokens: give account.key_file, or set ${names}_KEY and ${names}_SECRET.`,
  );
};

const fromSandboxEnv = (env: ExchangeOptions['env']): Credentials | undefined => {
  const { KR_SANDBOX_API_KEY: key = '', KR_SANDBOX_API_SECRET: secret = '' } = env;
  return key === '' && secret === ''
    ? undefined
    : createCredentials({ key, secret, environment: 'sandbox' });
};
