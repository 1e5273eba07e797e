import type { Clock } from '@kr/schemas/shared';
import type { LineFaults } from '../faults/line-faults.ts';
import type { MarketSource, Subscriber } from '../market-source.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { SystemStatus } from '../protocol/frames.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import type { ClientLimits } from './client-limits.ts';
import type { FaultNote } from './ledger.ts';

/** What a session has of the connection that it speaks on. */
export interface SessionHost extends Subscriber {
  readonly id: bigint;
  readonly clock: Clock;
  readonly source: MarketSource;
  /** The paper accounts, where there are any. */
  readonly desk: PaperDesk | undefined;
  readonly limits: ClientLimits;
  readonly faults: LineFaults;
  /** Sends an answer: faults of frames do not concern it. */
  reply(frame: WireFrame, note?: FaultNote): void;
  /** Something is subscribed: heartbeats begin. */
  noteSubscribed(): void;
}

/** One client's side of a protocol: its requests and its subscriptions. */
export interface Session {
  readonly subscriptionCount: number;
  /** What it says to show that it lives. */
  heartbeatFrame(): WireFrame;
  /** Absent: subscriptions do. Else whether it may be silent without being closed, and is sent heartbeats. */
  readonly isKeptAlive?: boolean;
  /** Whether a ping of the WebSocket itself counts as a sign of life, as a request does. */
  readonly countsPings?: boolean;
  /** What opens the connection, and tells of each change of the trading engine. */
  status(system: SystemStatus): WireFrame | undefined;
  /** Answers a message; `undefined` is a binary one. */
  handle(text: string | undefined): void;
  /** The connection is gone. */
  close(): void;
}
