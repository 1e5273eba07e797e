import {
  createCredentials,
  createFuturesSigner,
  createNonceSource,
  createSpotSigner,
} from '@kr/auth';
import { createRestSandbox, type RestSandbox, type RestSandboxOptions } from '@kr/sandbox/rest';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import {
  type ClientOptions,
  createFuturesClient,
  createSpotClient,
  type FuturesClient,
  type FuturesNotice,
  type SpotClient,
  type SpotClientOptions,
} from '../src/index.ts';
import { leakWatch } from './leak-watch.ts';

/** Documentation's secrets: https://docs.kraken.com/api/docs/guides/spot-rest-auth */
export const SPOT_SECRET =
  'kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==';
export const FUTURES_SECRET =
  '7zxMEF5p/Z8l2p2U7Ghv6x14Af+Fx+92tPgUdVQ748FOIrEoT9bgT+bTRfXc5pz8na+hL/QdrCVG7bh9KpT0eMTm';

export const sandboxKeys = [
  { key: 'spot-key', secret: SPOT_SECRET },
  { key: 'futures-key', secret: FUTURES_SECRET, venue: 'futures' as const },
];

const clock = createSystemClock();
const timers = createSystemTimers();

export function spotSigner(key = 'spot-key') {
  const credentials = createCredentials({ key, secret: SPOT_SECRET, environment: 'sandbox' });
  return createSpotSigner({ credentials, nonces: createNonceSource({ clock }) });
}

export function futuresSigner() {
  const credentials = createCredentials({
    venue: 'futures',
    key: 'futures-key',
    secret: FUTURES_SECRET,
    environment: 'sandbox',
  });
  return createFuturesSigner({ credentials });
}

export interface Kraken {
  readonly sandbox: RestSandbox;
  readonly url: string;
  readonly spot: (options?: Partial<SpotClientOptions>) => SpotClient;
  readonly futures: (
    options?: Partial<ClientOptions> & { onNotice?: (notice: FuturesNotice) => void },
  ) => FuturesClient;
}

/** The sandbox's token for sockets. */
export const SOCKET_TOKEN = 'sandbox-token-0123456789';

const ample = { max: 1e9, decayPerSecond: 1e9 };

/** A sandbox on loopback, clients of it, all closed when `run` is over. */
export async function withKraken(
  run: (kraken: Kraken) => Promise<void>,
  options: Partial<RestSandboxOptions> = {},
): Promise<void> {
  const limits = { rest: ample, trading: ample, historyCost: 4 };
  const sandbox = createRestSandbox({ clock, timers, keys: sandboxKeys, limits, ...options });
  leakWatch()?.keep(SOCKET_TOKEN);
  const { url } = await sandbox.listen();
  const open: { close(): Promise<void> }[] = [sandbox];
  const common = { clock, timers, baseUrl: url, retry: { initialMs: 1, maxMs: 5 } };
  const keep = <T extends { close(): Promise<void> }>(client: T): T => {
    open.unshift(client);
    return client;
  };
  try {
    await run({
      sandbox,
      url,
      spot: (more) => keep(createSpotClient({ ...common, signer: spotSigner(), ...more })),
      futures: (more) => keep(createFuturesClient({ ...common, signer: futuresSigner(), ...more })),
    });
  } finally {
    for (const each of open) await each.close();
  }
}

/** The error that a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a rejection with an Error');
}
