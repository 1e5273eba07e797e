import type { Target } from '../subscriptions/subscription.ts';
import type { Ack, Incoming } from './incoming.ts';

export type Params = Readonly<Record<string, unknown>>;

/** Spot and derivatives have each their own accounts, keys and REST. */
export type Venue = 'spot' | 'futures';

/** `level3` needs a token too, and has a host of its own. */
export type Access = 'public' | 'private' | 'level3';

/** A request that waits for its answer. */
export interface Asked {
  readonly method: string;
  readonly params: Params | undefined;
}

/** Called for each subscription that a frame belongs to; `isSnapshot`: its state anew, not a change. */
export type Visit<T> = (value: T, isSnapshot: boolean) => void;

/** Finds the subscriptions that a data frame belongs to, without parsing it. */
export interface FrameRouter<T> {
  set(channel: string, symbol: Target, value: T): void;
  delete(channel: string, symbol: Target): void;
  /** Once for each row that names it. */
  route(bytes: Uint8Array, visit: Visit<T>): void;
}

/** The exchange's refusals of subscriptions, told apart by their text: nothing else distinguishes them. */
interface Refusals {
  /** The stream of this very subscription runs already. */
  isAlreadySubscribed(error: string): boolean;
  /** Nothing is left to unsubscribe. */
  isNotSubscribed(error: string): boolean;
  /** We ask too fast. */
  isRateLimit(error: string): boolean;
  /** The token is not taken. */
  isSession(error: string): boolean;
  /** Asking again later can help. */
  isTransient(error: string): boolean;
}

/** A subscription that the exchange has ended by itself. */
export interface Ended {
  readonly channel: string;
  readonly symbol: Target;
  /** In its own words, where it has any. */
  readonly reason: string;
}

/**
 * What differs between the exchange's sockets (Spot v2, Unified, Futures v1, Spot v1): the envelope,
 * the texts of requests, and how a frame is told from an answer. Connection, intent, pacing, watchdog
 * and gaps are written once, against this.
 */
export interface Protocol {
  readonly name: string;
  /** Whose orders it tells, and so whose REST can be asked about them. */
  readonly venue: Venue;
  /** `subscribe` and `unsubscribe` carry `channel`, `symbol` and the rest in `params`. */
  formatRequest(method: string, params: Params | undefined, id: number): string;
  /** True for a frame that is data beyond doubt. With `awaitsAnswer`, whatever could be one is not. */
  isData(bytes: Uint8Array, awaitsAnswer: boolean): boolean;
  /** Sorts a message that `isData` left in doubt. Never throws. */
  parse(bytes: Uint8Array): Incoming;
  /** Where answers carry no id: whether this answers that. The first that was asked gets it. */
  readonly answers?: ((asked: Asked, ack: Ack) => boolean) | undefined;
  /** What an answer that nobody waits for says was ended unasked. */
  readonly ended?: ((ack: Ack) => Ended | undefined) | undefined;
  /** What a status frame says of the trading engine; `undefined` for any other frame. */
  systemStatus(bytes: Uint8Array): string | undefined;
  createRouter<T>(): FrameRouter<T>;
  /** What the server assumes of a channel where nothing is said. */
  defaultsOf(channel: string): Params;
  /** What unsubscribing repeats of the parameters: the server refuses what belongs to subscribing alone. */
  unsubscribeParams(channel: string, params: Params): Params;
  /** Units of the subscribe counter for one symbol. */
  costOf(channel: string, params: Params): number;
  /** Whether a subscription begins with a snapshot: only then it covers anything. */
  beginsWithSnapshot(channel: string, params: Params): boolean;
  /** Who may see a channel, and so which of the exchange's hosts has it. */
  accessOf(channel: string): Access;
  /** Whether the messages of a subscription are numbered, so that a lost one shows. */
  isSequenced(channel: string): boolean;
  /** The number of a message. */
  sequenceOf(bytes: Uint8Array): number | undefined;
  readonly refusals: Refusals;
}
