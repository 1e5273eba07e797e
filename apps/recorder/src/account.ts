import { join } from 'node:path';
import {
  type Credentials,
  createCredentials,
  createFuturesSigner,
  createNonceSource,
  createSpotSigner,
  fromEnv,
  type Venue,
} from '@kr/auth';
import { createFileNonceStore, readKeyFile } from '@kr/auth/node';
import { createSpotClient, createTokenProvider, type SpotClient } from '@kr/rest';
import type { ChallengeSigner, Clock, Timers, TokenProvider } from '@kr/schemas/shared';
import type { Config } from './config/schema.ts';
import { RecorderError } from './errors.ts';
import { isOfAccount } from './feeds/channels.ts';

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
  /** The same of futures v1: the sockets see the key and what it made of their challenge. */
  readonly challenge: ChallengeSigner | undefined;
}

/** @throws RecorderError `NO_CREDENTIALS`; AuthError for a key file that cannot be used */
export const openExchange = async (options: ExchangeOptions): Promise<Exchange> => {
  const { config, clock, timers, random, home } = options;
  const common = { clock, timers, random, baseUrl: restUrlOf(config), userAgent: 'kr-recorder' };
  const first = config.feeds.find(({ channel }) => channel === 'level3' || isOfAccount(channel));
  const isFutures = config.protocol === 'futures-v1';
  if (first === undefined || isFutures) {
    const challenge =
      first &&
      createFuturesSigner({
        credentials: await findCredentials(options, first.channel, 'futures'),
      });
    const rest = createSpotClient(common);
    return { rest, tokens: undefined, challenge, [Symbol.asyncDispose]: () => rest.close() };
  }
  const credentials = await findCredentials(options, first.channel, 'spot');
  const place = config.source === 'live' ? 'nonces' : 'sandbox-nonces';
  const directory = join(home, '.kraken', place);
  const store = createFileNonceStore({ directory, key: credentials.key, timers });
  const signer = createSpotSigner({ credentials, nonces: createNonceSource({ clock, store }) });
  const rest = createSpotClient({ ...common, signer });
  return {
    rest,
    tokens: createTokenProvider(rest, clock),
    challenge: undefined,
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
  venue: Venue,
): Promise<Credentials> => {
  const environment = config.source;
  const file = config.account.key_file;
  if (file !== undefined) return readKeyFile(file, { venue, environment });
  const isLive = environment === 'live';
  const found = isLive ? fromEnv(env, { venue }) : fromSandboxEnv(env, venue);
  if (found !== undefined) return found;
  const names = `${isLive ? 'KRAKEN' : 'KR_SANDBOX'}${FUTURES[venue]}_API`;
  const what = venue === 'futures' ? 'a key of futures' : 'a key that may ask for WebSocket tokens';
  throw new RecorderError(
    'NO_CREDENTIALS',
    `${channel} needs ${what}: give account.key_file, or set ${names}_KEY and ${names}_SECRET.`,
  );
};

/** In the names of variables. */
const FUTURES: Readonly<Record<Venue, string>> = { spot: '', futures: '_FUTURES' };

const fromSandboxEnv = (env: ExchangeOptions['env'], venue: Venue): Credentials | undefined => {
  const names = `KR_SANDBOX${FUTURES[venue]}_API`;
  const { [`${names}_KEY`]: key = '', [`${names}_SECRET`]: secret = '' } = env;
  return key === '' && secret === ''
    ? undefined
    : createCredentials({ key, secret, venue, environment: 'sandbox' });
};
