import {
  type Credentials,
  createCredentials,
  createFuturesSigner,
  createNonceSource,
  createSpotSigner,
  type NonceSource,
  Secret,
} from '@kr/auth';
import {
  createFuturesClient,
  createFuturesGovernor,
  createSpotClient,
  createSpotGovernor,
  type FuturesClient,
  type SpotClient,
  spotLimits,
} from '@kr/rest';
import { findCredentials } from './credentials.ts';
import type { Place } from './exchange-place.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import type { Settings } from './settings.ts';

export interface ClientRequest {
  readonly place: Place;
  readonly options: GlobalOptions;
  readonly settings: Settings;
  readonly io: Io;
  readonly note: (text: string) => void;
}

interface Opened<Client> {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

type Access = 'public' | 'private';

export const openSpot = async (
  access: Access,
  request: ClientRequest,
): Promise<Opened<SpotClient>> => {
  const { place, options, settings, io } = request;
  const { clock, timers } = io;
  const key = access === 'public' ? undefined : await keyOf('spot', request);
  const otp = options.otp === undefined ? undefined : new Secret(options.otp);
  const client = createSpotClient({
    ...commonOptions(request),
    signer: key && createSpotSigner({ credentials: key.credentials, nonces: key.nonces, otp }),
    // The sandbox counts by itself, and has no account of ours to protect.
    governor:
      place.environment === 'sandbox'
        ? undefined
        : createSpotGovernor({ clock, timers, limits: spotLimits(settings.tier) }),
  });
  return { client, close: closeAll(client, key) };
};

export const openFutures = async (
  access: Access,
  request: ClientRequest,
): Promise<Opened<FuturesClient>> => {
  const { place, io, note } = request;
  const { clock, timers } = io;
  const key = access === 'public' ? undefined : await keyOf('futures', request);
  const client = createFuturesClient({
    ...commonOptions(request),
    signer: key && createFuturesSigner({ credentials: key.credentials }),
    governor:
      place.environment === 'sandbox' ? undefined : createFuturesGovernor({ clock, timers }),
    onNotice: ({ endsOn }) =>
      note(`Kraken ends this API of Futures on ${endsOn}; the Unified WebSocket comes after it`),
  });
  return { client, close: closeAll(client, key) };
};

const commonOptions = ({ place, settings, io, note }: ClientRequest) => ({
  clock: io.clock,
  timers: io.timers,
  random: io.random,
  baseUrl: place.baseUrl,
  timeoutMs: settings.timeoutMs,
  userAgent: 'kr-cli',
  onWarning: ({ text }: { readonly text: string }) => note(text),
});

interface Key {
  readonly credentials: Credentials;
  readonly nonces: NonceSource;
  close(): Promise<void>;
}

const keyOf = async (venue: 'spot' | 'futures', request: ClientRequest): Promise<Key> => {
  const { place, io } = request;
  const { environment, keys } = place;
  const credentials =
    keys === undefined
      ? await findCredentials({ ...request, venue, environment })
      : createCredentials({ ...keys[venue], venue, environment });
  const { clock, timers } = io;
  const { nonceDirectory: directory } = place;
  if (directory === undefined) {
    return { credentials, nonces: createNonceSource({ clock }), close: () => Promise.resolve() };
  }
  // Every call is a process of its own: they agree on the order of nonces through files.
  const { createFileNonceStore } = await import('@kr/auth/node');
  const store = createFileNonceStore({ directory, key: credentials.key, timers });
  return { credentials, nonces: createNonceSource({ clock, store }), close: () => store.close() };
};

const closeAll =
  (client: { close(): Promise<void> }, key: Key | undefined) => async (): Promise<void> => {
    await client.close();
    await key?.close();
  };
