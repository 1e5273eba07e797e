import type { FuturesClient, SpotClient } from '@kr/rest';
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
  /** A line for a person. */
  note(text: string): void;
}

export const openSession = async (options: GlobalOptions, io: Io): Promise<Session> => {
  const settings = await readSettings(options, io);
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
  return {
    io,
    settings,
    options,
    simulated: isSandboxed(options, io),
    signal: AbortSignal.any([io.interrupted, io.readerGone]),
    note,
    spot: async (access) => {
      const { openSpot, request } = await clients();
      const opened = await openSpot(access, request);
      closers.push(opened.close);
      return opened.client;
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
