import type {
  ChallengeSigner,
  Clock,
  Frame,
  GapEvent,
  Timers,
  TokenProvider,
} from '@kr/schemas/shared';
import { WsError } from '../errors.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { SubscriptionEvent } from '../subscriptions/subscription.ts';
import type { CadenceOf } from '../subscriptions/watchdog.ts';
import type { AttemptBudget } from './attempt-budget.ts';
import type { StateEvent } from './connection-state.ts';

/** Something on the wire that nobody asked for. Its frame was delivered like any other. */
export interface ProblemEvent {
  /**
   * - `protocolError`: an error that answers no request, such as `Exceeded msg rate`;
   * - `malformed`: no JSON, or no JSON object;
   * - `unmatchedAck`: an acknowledgement that nobody waits for any more.
   */
  readonly kind: 'protocolError' | 'malformed' | 'unmatchedAck';
  readonly text: string;
  readonly connectionId: number;
  /** Of the frame, within its connection. */
  readonly sequence: number;
}

/** Every bound and every period, with its default. Times are milliseconds. */
export interface ConnectionLimits {
  /** Until an opening socket is given up. @default 10000 */
  readonly connectTimeoutMs: number;
  /** Until an answer counts as missing. @default 5000 */
  readonly requestTimeoutMs: number;
  /** How long `close()` waits for answers, and then for the closing handshake. @default 5000 */
  readonly closeTimeoutMs: number;
  /** Silence after which we ask with a `ping`. @default 2500 */
  readonly pingAfterMs: number;
  /** Silence after which the connection is `stale`. @default 5000 */
  readonly staleAfterMs: number;
  /** Silence after which the socket is replaced. @default 10000 */
  readonly dropAfterMs: number;
  /** A `ping` at least this often: Kraken closes a socket after about a minute without one. @default 30000 */
  readonly keepAliveMs: number;
  /** Bound of the first delay before a reconnect; it doubles with each failure. @default 500 */
  readonly backoffInitialMs: number;
  /** Bound of any delay. @default 30000 */
  readonly backoffMaxMs: number;
  /** How long a connection must have lasted for the backoff to begin anew. @default 60000 */
  readonly stableAfterMs: number;
  /** Least delay while the exchange says that it is in maintenance. @default 5000 */
  readonly maintenanceRetryMs: number;
  /** Symbols in one subscribe request. @default 50 */
  readonly symbolsPerRequest: number;
  /** Subscribe cost units a second: one a symbol; for level3 5, 25 or 100 by depth. @default 200 */
  readonly subscribeCostPerSecond: number;
  /** Requests that a new subscription gets before it fails with `TIMEOUT`. @default 3 */
  readonly subscribeTries: number;
  /** How long a snapshot may take after its acknowledgement; then that subscription is renewed. @default 10000 */
  readonly snapshotTimeoutMs: number;
  /** Frames that wait for one reader of `frames()`. @default 10000 */
  readonly maxQueuedFrames: number;
  /** Bytes that wait for one reader of `frames()`. @default 67108864 */
  readonly maxQueuedBytes: number;
  /** One message; a longer one ends the socket with code 1009. @default 16777216 */
  readonly maxFrameBytes: number;
  /** Bytes that wait to be sent. @default 1048576 */
  readonly maxBufferedBytes: number;
  /** Requests that wait for their answers. @default 1000 */
  readonly maxPendingRequests: number;
}

export interface ConnectionOptions extends Partial<ConnectionLimits> {
  /** `wss://ws.kraken.com/v2`, or a sandbox's `ws://127.0.0.1:…`. */
  readonly url: string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** How this socket speaks. @default the v2 sockets of Spot */
  readonly protocol?: Protocol | undefined;
  /** 0 ≤ value < 1, for jitter. Default: a generator seeded from `clock`. */
  readonly random?: (() => number) | undefined;
  /** Our number for each socket opened. Default: 1, 2, 3… of this connection. */
  readonly nextConnectionId?: (() => number) | undefined;
  /** Attempts to connect, counted by host. Default: one that all share that are given the same `clock`. */
  readonly budget?: AttemptBudget | undefined;
  /** Sent with the upgrade request. Not in browsers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Each frame as it comes, synchronously, before anything is parsed: the place for a journal. The
   * bytes are a view of what the network read: nothing writes to them again. If it throws, the
   * connection ends with `LISTENER_FAILED`, for going on would lose frames in silence.
   */
  readonly onFrame?: ((frame: Frame) => void) | undefined;
  readonly onState?: ((event: StateEvent) => void) | undefined;
  /**
   * Longest silence of a subscription, in milliseconds, before it is renewed by itself; heartbeats are
   * not data. By channel, or a function for symbols that are known to be quiet. A symbol whose renewal
   * brought nothing but a snapshot is left alone twice as long. @default { book: 300000, level3: 300000 }
   */
  readonly cadenceMs?: Cadence | undefined;
  /**
   * Gives the tokens that private channels and `level3` need: asked for anew for each socket, at half
   * of a token's life, and when the exchange refuses one. `createTokenProvider` of `@kr/rest` is one.
   */
  readonly tokens?: TokenProvider | undefined;
  /** In place of tokens where the exchange sets a challenge: the futures v1 socket. */
  readonly challenge?: ChallengeSigner | undefined;
  /**
   * Each hole twice: when it opens (before any frame that comes after it, so that a journal never
   * shows a hole without it), and with `to` when that subscription's data is back: its snapshot, or
   * its acknowledgement where none is to come. One event a channel and symbol; where nothing was
   * subscribed, one for the connection, when its next frame comes.
   */
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
  readonly onSubscription?: ((event: SubscriptionEvent) => void) | undefined;
  readonly onProblem?: ((event: ProblemEvent) => void) | undefined;
}

/** Milliseconds by channel, or a function of channel and symbol; `undefined`: never judged. */
export type Cadence = Readonly<Record<string, number | undefined>> | CadenceOf;

const DEFAULT_CADENCE: Cadence = { book: 300_000, level3: 300_000 };

export function resolveCadence(cadence: Cadence = DEFAULT_CADENCE): CadenceOf {
  if (typeof cadence === 'function') return cadence;
  const byChannel = new Map(Object.entries(cadence));
  return (channel) => byChannel.get(channel);
}

const DEFAULTS: ConnectionLimits = {
  connectTimeoutMs: 10_000,
  requestTimeoutMs: 5000,
  closeTimeoutMs: 5000,
  pingAfterMs: 2500,
  staleAfterMs: 5000,
  dropAfterMs: 10_000,
  keepAliveMs: 30_000,
  backoffInitialMs: 500,
  backoffMaxMs: 30_000,
  stableAfterMs: 60_000,
  maintenanceRetryMs: 5000,
  symbolsPerRequest: 50,
  subscribeCostPerSecond: 200,
  subscribeTries: 3,
  snapshotTimeoutMs: 10_000,
  maxQueuedFrames: 10_000,
  maxQueuedBytes: 67_108_864,
  maxFrameBytes: 16_777_216,
  maxBufferedBytes: 1_048_576,
  maxPendingRequests: 1000,
};

/** What a timer takes: past this, platforms fire at once. */
const MAX_LIMIT = 2 ** 31 - 1;

/** @throws WsError `INVALID_OPTION` */
export function resolveLimits(options: Partial<ConnectionLimits>): ConnectionLimits {
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof ConnectionLimits)[]) {
    const value = options[name] ?? DEFAULTS[name];
    if (!Number.isFinite(value) || value <= 0 || value > MAX_LIMIT) {
      throw invalid(name, `must be a number above 0 and at most ${String(MAX_LIMIT)}`);
    }
    Object.assign(limits, { [name]: value });
  }
  if (limits.pingAfterMs > limits.staleAfterMs) {
    throw invalid('pingAfterMs', 'must not be above staleAfterMs: the ping comes first');
  }
  if (limits.staleAfterMs > limits.dropAfterMs) {
    throw invalid('staleAfterMs', 'must not be above dropAfterMs: stale comes first');
  }
  return limits;
}

function invalid(option: string, what: string): WsError<'INVALID_OPTION'> {
  return new WsError('INVALID_OPTION', `createConnection: ${option} ${what}.`, { option });
}
