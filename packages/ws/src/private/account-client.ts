import type { Frame, Timers } from '@kr/schemas/shared';
import type { Listener, Listening } from '../client/client.ts';
import type { Venue } from '../protocol/protocol.ts';

/** Whose orders, fills and positions are kept: a client of any socket that tells them. */
export interface AccountClient {
  readonly protocol: string;
  readonly venue: Venue;
  readonly timers: Timers;
  readonly redundancy: 1 | 2;
  /** See `Client.read`. */
  read(frame: Frame): unknown;
  listen(params: { readonly channel: string }, listener: FrameListener): Listening;
}

type FrameListener = Pick<Listener, 'onFrame' | 'onLane' | 'onGap' | 'onEnded'>;
