import type { FuturesClient, SpotClient } from '@kr/rest';
import type { TokenProvider, WebSocketToken } from '@kr/schemas/shared';
import type { Client } from '@kr/ws';
import type { SpotV1Client } from '@kr/ws/spot-v1';
import { isSandboxed, openPlace, type Place } from './exchange-place.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { readSettings, type Settings } from './settings.ts';

/** What a command works with: opened by what it asks for, closed with it. */
export interface Session extends AsyncDisposable {
  readonly io: Io;
  readonly settings: Settings;
  readonly options: GlobalOptions;
  /** Nothing that comes from here is an exchange's. */
  readonly simulated: boolean;
  /** Aborted by Ctrl-C, and when nobody reads what is found. */
  readonly signal: AbortSignal;
  /** `private` asks for a key. */
  spot(access: 'public' | 'private'): Promise<SpotClient>;
  futures(access: 'public' | 'private'): Promise<FuturesClient>;
  /** Spot's WebSockets, v2. `private` asks for a key. */
  sockets(access: 'public' | 'private'): Promise<Client>;
  /** Spot's older WebSockets. */
  socketsV1(): Promise<SpotV1Client>;
  /** Where it talks to. */
  place(): Promise<Place>;
  /** A line for a person. */
  note(text: string): void;
}

export const openSession = async (options: GlobalOptions, io: Io): Promise<Session> => {
  const settings = await readSettings(options, io);
  const signal = AbortSignal.any([io.interrupted, io.readerGone]);
  const closers: (() => Promise<void>)[] = [];
  let place: Promise<Place> | undefined;
  const openOnce = (): Promise<Place> => {
    place ??= openPlace(options, io).then((opened) => {
      closers.push(() => opened.close());
      return opened;
    });
    return place;
  };
  const note = (text: string): void => {
    io.stderr.write(`kr: ${text}\n`);
  };
  const clients = async () => {
    const { openFutures, openSpot } = await import('./clients.ts');
    return {
      openFutures,
      openSpot,
      request: { place: await openOnce(), options, settings, io, note },
    };
  };
  const spot = async (access: 'public' | 'private'): Promise<SpotClient> => {
    const { openSpot, request } = await clients();
    const opened = await openSpot(access, request);
    closers.push(opened.close);
    return opened.client;
  };
  const tokensOf = async (access: 'public' | 'private'): Promise<TokenProvider | undefined> => {
    if (access === 'public') return undefined;
    const [{ createTokenProvider }, client] = await Promise.all([
      import('@kr/rest'),
      spot('private'),
    ]);
    const ask = createTokenProvider(client, io.clock);
    // Asked for before a socket is opened: what is wrong with a key is said in REST's own words.
    let first: WebSocketToken | undefined = await ask({ signal });
    return (asked) => {
      const token = first;
      first = undefined;
      return token === undefined ? ask(asked) : Promise.resolve(token);
    };
  };
  return {
    io,
    settings,
    options,
    simulated: isSandboxed(options, io),
    signal,
    note,
    place: openOnce,
    spot,
    sockets: async (access) => {
      const [{ openSockets }, tokens] = await Promise.all([
        import('./sockets.ts'),
        tokensOf(access),
      ]);
      const client = openSockets({ place: await openOnce(), io, tokens });
      closers.push(() => client.close());
      return client;
    },
    socketsV1: async () => {
      const { openSocketsV1 } = await import('./sockets.ts');
      const client = openSocketsV1({ place: await openOnce(), io, tokens: undefined });
      closers.push(() => client.close());
      return client;
    },
    futures: async (access) => {
      const { openFutures, request } = await clients();
      const opened = await openFutures(access, request);
      closers.push(opened.close);
      return opened.client;
    },
    [Symbol.asyncDispose]: async () => {
      // The last first: a client before the sandbox it talks to.
      for (const close of closers.toReversed()) await close();
    },
  };
};
