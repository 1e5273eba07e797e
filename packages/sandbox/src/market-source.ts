import type { Subscription } from './protocol/subscription.ts';
import type { WireFrame } from './protocol/wire-frame.ts';

/** A connection as a source sees it. */
export interface Subscriber {
  /** Queues a frame; everything queued in one turn of the event loop goes out as one write. */
  push(frame: WireFrame): void;
  /** Resolves when little enough waits to be sent, or when the connection is gone: how a source waits for a slow client. */
  ready(): Promise<void>;
  readonly closed: boolean;
  /** How many updates of a market are put into one message for it; absent: 1. */
  readonly batch?: number | undefined;
  /** Closes the connection after what is queued: there is nothing more to send. */
  end(): void;
}

/** Where the market data comes from. Sources know nothing of requests and acknowledgements. */
export interface MarketSource {
  /** Prepares the market and starts it; rejects with a `SandboxError`. */
  open(): Promise<void>;
  /** Why a well-formed subscription cannot be had, in the exchange's words; `undefined`: it can. */
  refusal(subscription: Subscription): string | undefined;
  /** The subscriptions one request was granted, after their acknowledgements were queued. */
  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void;
  detach(subscription: Subscription, subscriber: Subscriber): void;
  /** The connection is gone. */
  detachAll(subscriber: Subscriber): void;
  close(): Promise<void>;
  readonly stats: SourceStats;
}

export type SourceStats =
  | {
      readonly kind: 'synthetic';
      readonly seed: string;
      /** Book updates made since the sandbox opened. */
      readonly steps: number;
      /** Steps that were due but left out, because the process was more than a second behind. */
      readonly skippedSteps: number;
    }
  | {
      readonly kind: 'replay' | 'live';
      /** Empty where messages are passed in. */
      readonly path: string;
      /** Data frames in the capture; with accounts, those that came up to now. */
      readonly frames: number;
      /** Replays that are running: one for each subscribe request, with accounts one for all. */
      readonly running: number;
      /** Why the last replay that failed did, e.g. because the capture was taken away. */
      readonly lastError: string | undefined;
      /** With accounts: book frames whose checksum was right, and those whose was not. */
      readonly books?: { readonly verified: number; readonly mismatches: number } | undefined;
    };
