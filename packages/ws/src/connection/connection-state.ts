import type { WsError } from '../errors.ts';
import type { Disconnect } from '../socket/disconnect.ts';

/**
 * Where a connection is in its life:
 * - `idle`: created, nothing opened yet;
 * - `connecting`: a socket is being opened;
 * - `open`: the socket is up and frames come;
 * - `stale`: the socket is up and no frame came for `staleAfterMs`;
 * - `reconnecting`: the socket is gone and the next attempt waits for its time;
 * - `closed`: over for good, by `close()` or by a terminal failure.
 */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'stale' | 'reconnecting' | 'closed';

/** A step of the state machine, told as it is taken. */
export type StateEvent =
  | {
      readonly from: ConnectionState;
      readonly to: 'connecting';
      readonly connectionId: number;
      /** 1 for the first attempt of an outage (or of `open()`), then 2, 3… */
      readonly attempt: number;
      /** How long the attempts budget holds this attempt back; 0 almost always. */
      readonly waitMs: number;
    }
  | { readonly from: ConnectionState; readonly to: 'open'; readonly connectionId: number }
  | {
      readonly from: ConnectionState;
      readonly to: 'stale';
      readonly connectionId: number;
      readonly silentMs: number;
    }
  | {
      readonly from: ConnectionState;
      readonly to: 'reconnecting';
      readonly connectionId: number;
      readonly attempt: number;
      readonly retryInMs: number;
      readonly disconnect: Disconnect;
    }
  | {
      readonly from: ConnectionState;
      readonly to: 'closed';
      /** Why it ended; absent after `close()`. */
      readonly error?: WsError | undefined;
    };

/** The steps that exist. Anything else is a fault of this package. */
const STEPS: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  idle: ['connecting', 'closed'],
  connecting: ['open', 'reconnecting', 'closed'],
  open: ['stale', 'reconnecting', 'closed'],
  stale: ['open', 'reconnecting', 'closed'],
  reconnecting: ['connecting', 'closed'],
  closed: [],
};

/** True when the machine may step from one state to the other. */
export function isStep(from: ConnectionState, to: ConnectionState): boolean {
  return STEPS[from].includes(to);
}
