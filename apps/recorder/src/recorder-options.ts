import type { ProcessTable } from '@kr/recording';
import type { ChallengeSigner, Clock, Timers, TokenProvider } from '@kr/schemas/shared';
import type { ClientUrls } from '@kr/ws';
import type { Feed } from './feeds/feed.ts';
import type { ProtocolName } from './feeds/protocols.ts';

export interface RecorderOptions {
  /** The WebSocket to record, such as `wss://ws.kraken.com/v2`, or Kraken's hosts: `spotUrls`. */
  readonly url: string | ClientUrls;
  /** Which of Kraken's sockets it is; default `spot-v2`. Symbols are those of the protocol. */
  readonly protocol?: ProtocolName | undefined;
  /** `live` for Kraken itself; anything else is marked as simulated in the recording. */
  readonly source: 'live' | 'sandbox';
  /** The recording; one that exists is continued. */
  readonly directory: string;
  readonly feeds: readonly Feed[];
  /** Of what is private, and of `level3`: `createTokenProvider` of `@kr/rest` is one. */
  readonly tokens?: TokenProvider | undefined;
  /** The same of `futures-v1`: `createFuturesSigner` of `@kr/auth` is one. */
  readonly challenge?: ChallengeSigner | undefined;
  /** Connections for the same feeds; with 2, the loss of either leaves no gap. Default 1. */
  readonly redundancy?: 1 | 2 | undefined;
  /** Symbols without which there is no start, when the exchange refuses them. Default: all. */
  readonly required?: ReadonlySet<string> | undefined;
  /** A segment ends at this size (default 64 MiB) or age (default one hour). */
  readonly rotate?: { readonly maxBytes?: number; readonly maxMs?: number } | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** How long unsynced data may be lost to a power cut; default 100 ms. */
  readonly fsyncMs?: number | undefined;
  /** Tells whether the last writer of the directory still runs; needed on systems without `/proc`. */
  readonly processes?: ProcessTable | undefined;
  /** How long `start` waits for every acknowledgement; default 30,000. */
  readonly startTimeoutMs?: number | undefined;
  /** How long the second resync of a symbol in a row waits; the third waits twice that. Default 1000. */
  readonly resyncDelayMs?: number | undefined;
  /** What a person should know, a line each, and the same for machines: a gap, a refused symbol, a torn tail. */
  readonly onNotice?:
    | ((notice: string, about: Readonly<Record<string, unknown>>) => void)
    | undefined;
}
