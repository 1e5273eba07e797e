import type { BookStatus } from './records.ts';

/** What trades, as the exchange's `instrument` channel says it. */
export interface InstrumentInfo {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  /** A decimal text. */
  readonly tickSize: string;
  /** The exchange's own word: `online`, `cancel_only`… */
  readonly status: string;
}

/** Where the market comes from. Everything but `live` is simulated. */
export type SourceKind = 'live' | 'sandbox' | (string & {});

export interface HelloMessage {
  readonly kind: 'hello';
  readonly version: number;
  readonly source: SourceKind;
  readonly simulated: boolean;
  /** `Kraken`, `Sandbox`, a recording's name. */
  readonly title: string;
  /** Symbols that are open from the start. */
  readonly symbols: readonly string[];
  readonly depth: number;
  /** ms between two columns of a book's history. */
  readonly columnMs: number;
  /** This page may see what is private. */
  readonly isPrivate: boolean;
}

/** Every instrument that can be shown: an index of a record points into it. */
interface InstrumentsMessage {
  readonly kind: 'instruments';
  readonly instruments: readonly InstrumentInfo[];
}

export interface SymbolSummary {
  readonly symbol: number;
  readonly status: BookStatus;
  readonly reason: string | undefined;
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  readonly last: string | undefined;
  /** Per cent over 24 hours. */
  readonly changePercent: string | undefined;
  readonly volume: string | undefined;
  readonly high: string | undefined;
  readonly low: string | undefined;
  /** Messages whose checksum was compared, and those that matched. */
  readonly checked: number;
  readonly matched: number;
}

export interface StatusMessage {
  readonly kind: 'status';
  readonly connection: string;
  /** Exchange's time to our receipt, by both clocks. */
  readonly latencyMs: number | undefined;
  readonly messagesPerSecond: number;
  readonly checked: number;
  readonly matched: number;
  readonly gaps: number;
  readonly quarantined: readonly string[];
  readonly recording: RecordingInfo | undefined;
  readonly clients: number;
  readonly symbols: readonly SymbolSummary[];
}

/** Of the recording that is being made beside this page. Its directory is for private pages alone. */
export interface RecordingInfo {
  readonly state: string;
  readonly frames: number;
  readonly bytes: number;
  readonly directory?: string | undefined;
}

/** A hole, when it opens and again when it closes. Times are ms since the epoch. */
export interface GapMessage {
  readonly kind: 'gap';
  readonly reason: string;
  readonly channel: string | undefined;
  readonly symbols: readonly string[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly detail: string | undefined;
}

/** What a command came to where it could not be done. */
interface NoticeMessage {
  readonly kind: 'notice';
  readonly text: string;
}

/** The answer to a page's `ping`. */
interface PongMessage {
  readonly kind: 'pong';
  readonly id: number;
}

export type ControlMessage =
  | HelloMessage
  | InstrumentsMessage
  | StatusMessage
  | GapMessage
  | NoticeMessage
  | PongMessage;
