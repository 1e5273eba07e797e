import type {
  SubscribeParams as KnownSubscribeParams,
  UnsubscribeParams as KnownUnsubscribeParams,
} from '@kr/schemas';
import type { ReceivedAt } from '@kr/schemas/shared';
import { WsError } from '../errors.ts';
import type { Protocol } from '../protocol/protocol.ts';

/** One symbol of a subscription, or `undefined` for a channel that has none. */
export type Target = string | undefined;

/** Arrays may be frozen ones: they are only read. Tokens are not the caller's: see `tokens`. */
type Taken<T> = {
  readonly [Key in keyof T as Exclude<Key, 'token'>]: T[Key] extends string[]
    ? readonly string[]
    : T[Key];
};

/** A channel that the schemas do not name goes the same way. */
interface OtherParams<Channel extends string> {
  readonly channel: Channel;
  /** Absent for a channel that has no symbols. */
  readonly symbol?: readonly string[] | undefined;
  readonly [param: string]: unknown;
}

type ParamsOf<
  Known extends { channel: string },
  Channel extends string,
> = Channel extends Known['channel']
  ? Taken<Extract<Known, { channel: Channel }>>
  : OtherParams<Channel>;

/** Parameters of `subscribe`, typed by their channel. */
export type SubscribeParams<Channel extends string = string> = ParamsOf<
  KnownSubscribeParams,
  Channel
>;

/** Parameters of `unsubscribe`. Depth, interval and trigger need no repeating: the intent has them. */
export type UnsubscribeParams<Channel extends string = string> = ParamsOf<
  KnownUnsubscribeParams,
  Channel
>;

/**
 * How far a subscription came on the present socket:
 * - `pending`: wanted, not acknowledged (yet, or not since the reconnect);
 * - `active`: acknowledged, no data yet;
 * - `alive`: acknowledged, and data came;
 * - `renewing`: its stream is being ended, to begin anew with a snapshot;
 * - `rejected`: refused after a reconnect; asked for again at the next one.
 */
export type SubscriptionStatus = 'pending' | 'active' | 'alive' | 'renewing' | 'rejected';

/** One subscription of the intent, as it stands. */
export interface SubscriptionView {
  readonly channel: string;
  readonly symbol: string | undefined;
  /** What was asked for besides channel and symbol. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: SubscriptionStatus;
  /** Data frames since the present socket opened. */
  readonly dataFrames: number;
  /** When the last of them came. Heartbeats are not data. */
  readonly lastDataAt: ReceivedAt | undefined;
  /** The exchange's own words, when it refused. */
  readonly error: string | undefined;
}

/** A subscription changed its status, or left the intent (`ended`). */
export interface SubscriptionEvent {
  readonly channel: string;
  readonly symbol: string | undefined;
  readonly status: SubscriptionStatus | 'ended';
  readonly error?: string | undefined;
  /** Why it is renewed. */
  readonly reason?: string | undefined;
}

/** What became of one symbol of `subscribe` or `unsubscribe`. */
export type SubscribeResult =
  | {
      readonly channel: string;
      readonly symbol: string | undefined;
      readonly success: true;
      readonly warnings: readonly string[];
    }
  | {
      readonly channel: string;
      readonly symbol: string | undefined;
      readonly success: false;
      /**
       * - `REJECTED`: the exchange said no, `error` is its text;
       * - `TIMEOUT`: no acknowledgement came, after several tries;
       * - `NO_TOKEN`: no token could be had for it, in several tries;
       * - `CONFLICT`: this symbol is subscribed with another depth, interval or trigger;
       * - `UNSUBSCRIBED`: it was unsubscribed before it was acknowledged;
       * - `NOT_SUBSCRIBED`: there was nothing to unsubscribe.
       */
      readonly code:
        | 'REJECTED'
        | 'TIMEOUT'
        | 'NO_TOKEN'
        | 'CONFLICT'
        | 'UNSUBSCRIBED'
        | 'NOT_SUBSCRIBED';
      readonly error: string;
    };

/** What was asked for: our own normalized parameters, never the server's echo. */
export interface Intent {
  readonly channel: string;
  readonly targets: readonly Target[];
  /** Everything but channel and symbol. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Equal for what the server treats as the same subscription of a symbol. */
  readonly variant: string;
  /** Units of the subscribe counter for one symbol. */
  readonly cost: number;
  /** Whether it begins with a snapshot: only then it covers anything. */
  readonly beginsWithSnapshot: boolean;
  /** Whether its messages are numbered. */
  readonly isSequenced: boolean;
}

/** @throws WsError `INVALID_PARAMS` */
export function parseIntent(
  protocol: Protocol,
  method: string,
  asked: Readonly<Record<string, unknown>>,
): Intent {
  const { channel, symbol, ...params } = asked;
  if (typeof channel !== 'string' || channel === '') {
    throw invalid(method, 'channel is missing');
  }
  if (params['token'] !== undefined) {
    throw invalid(
      method,
      'token is not taken: it would be stale after a reconnect. Pass a token provider as tokens',
    );
  }
  return {
    channel,
    targets: parseTargets(method, symbol),
    params,
    variant: variantOf({ ...protocol.defaultsOf(channel), ...params }),
    cost: protocol.costOf(channel, params),
    beginsWithSnapshot: protocol.beginsWithSnapshot(channel, params),
    isSequenced: protocol.isSequenced(channel),
  };
}

function parseTargets(method: string, symbol: unknown): readonly Target[] {
  if (symbol === undefined) return [undefined];
  // A lone string is what Kraken refuses, so it is refused here, with the remedy.
  if (!Array.isArray(symbol)) throw invalid(method, "symbol must be an array: ['BTC/USD']");
  const symbols = new Set<string>();
  for (const name of symbol as unknown[]) {
    if (typeof name !== 'string' || name === '') {
      throw invalid(method, 'symbol holds something that is no symbol');
    }
    symbols.add(name);
  }
  if (symbols.size === 0) throw invalid(method, 'symbol is empty: name at least one');
  return [...symbols];
}

/** `snapshot` only says how the stream begins: with and without it is one subscription. */
function variantOf(params: Readonly<Record<string, unknown>>): string {
  const { snapshot: _, ...rest } = params;
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function invalid(method: string, what: string): WsError<'INVALID_PARAMS'> {
  return new WsError('INVALID_PARAMS', `${method}: ${what}.`, { method });
}
