import type { TokenProvider } from '@kr/schemas/shared';
import { type Client, createClient, spotUrls } from '@kr/ws';
import { createSpotV1Client, type SpotV1Client, spotV1Urls } from '@kr/ws/spot-v1';
import type { Place } from './exchange-place.ts';
import type { Io } from './io.ts';

export interface SocketRequest {
  readonly place: Place;
  readonly io: Io;
  /** Where a channel asks for a key. */
  readonly tokens: TokenProvider | undefined;
}

/** Spot v2. A sandbox speaks it where it answers REST. */
export const openSockets = ({ place: { baseUrl }, io, tokens }: SocketRequest): Client => {
  const { clock, timers, random } = io;
  const url = baseUrl === undefined ? spotUrls : `${socketOrigin(baseUrl)}/v2`;
  return createClient({ url, clock, timers, random, tokens });
};

/** Spot v1, frozen. */
export const openSocketsV1 = ({ place: { baseUrl }, io, tokens }: SocketRequest): SpotV1Client => {
  const { clock, timers, random } = io;
  const url = baseUrl === undefined ? spotV1Urls : `${socketOrigin(baseUrl)}/`;
  return createSpotV1Client({ url, clock, timers, random, tokens });
};

const socketOrigin = (baseUrl: string): string => baseUrl.replace(/^http/, 'ws');
