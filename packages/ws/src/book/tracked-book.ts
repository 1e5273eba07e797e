import type { L2Book, L3Book } from '@kr/orderbook';
import type { Frame, GapReason, Timers } from '@kr/schemas/shared';
import type { LaneEvent, RenewSymbolOptions } from '../client/client.ts';
import type { BookCount, BookState, BookStatus } from './book-state.ts';
import type { FailureCause, KeptBook, Moment, Proof } from './kept-book.ts';
import { LaneBook } from './lane-book.ts';
import { type ResyncLimits, ResyncPolicy } from './resync-policy.ts';

export interface TrackedBookOptions<B extends L2Book | L3Book> {
  readonly symbol: string;
  readonly lanes: number;
  readonly createBook: () => KeptBook<B>;
  readonly proof: Proof;
  readonly timers: Timers;
  readonly limits: ResyncLimits;
  readonly renew: (symbol: string, options: RenewSymbolOptions) => void;
  readonly distrust: (symbol: string, options: RenewSymbolOptions) => void;
  readonly onState: (tracked: TrackedBook<B>, from: BookStatus, reason: string) => void;
  /** The book that is shown moved on by one message. */
  readonly onChange: (book: B, isVerified: boolean) => void;
  readonly count: (what: BookCount) => void;
}

const COUNTS = { mismatch: 'mismatched', malformed: 'malformed', jump: 'jumps' } as const;
/** Of holes that a feed of books has opened. */
const OWN_REASONS: ReadonlySet<GapReason> = new Set(['quarantine', 'resync', 'sequence']);

interface Lane<B extends L2Book | L3Book> extends LaneBook<B> {
  readonly policy: ResyncPolicy;
  isQuarantined: boolean;
  timer: unknown;
}

/**
 * One symbol's book. Each connection keeps its own; the one that is shown is the front. When the front
 * is lost, what is shown goes on with another that is verified, from the moment at which both had the
 * same time and checksum.
 */
export class TrackedBook<B extends L2Book | L3Book> {
  readonly #options: TrackedBookOptions<B>;
  readonly #lanes: readonly Lane<B>[];
  #front = 0;
  #status: BookStatus = 'awaitingSnapshot';
  #reason = 'subscribed, no snapshot yet';
  /** Where what is shown stands; kept only where there is another lane. */
  #shown: Moment | undefined;
  /** The front has yet to come there. */
  #isBehind = false;

  constructor(options: TrackedBookOptions<B>) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.lanes }, () =>
      Object.assign(new LaneBook(options.createBook()), {
        policy: new ResyncPolicy(options.limits),
        isQuarantined: false,
        timer: undefined,
      }),
    );
  }

  get symbol(): string {
    return this.#options.symbol;
  }

  get state(): BookState<B> {
    const { symbol } = this;
    const book = this.#lanes[this.#front]?.book;
    const status = this.#status;
    const reason = this.#reason;
    if (status === 'verified' || status === 'unchecked') {
      // Neither is turned to without a front.
      if (book === undefined) return { status: 'awaitingSnapshot', symbol, reason };
      return status === 'verified'
        ? { status, symbol, verifiedBy: this.#options.proof, book }
        : { status, symbol, reason, book };
    }
    return { status, symbol, reason };
  }

  get status(): BookStatus {
    return this.#status;
  }

  handleFrame(frame: Frame, index: number): void {
    const lane = this.#lanes[index];
    if (lane === undefined || lane.isQuarantined || this.#status === 'ended') return;
    const outcome = lane.apply(frame);
    if (outcome.kind === 'ignored') return;
    if (outcome.kind === 'failed') {
      this.#options.count(COUNTS[outcome.cause]);
      this.#handleFailure(lane, index, outcome.cause, outcome.detail, frame.receivedAt.wallNs);
      return;
    }
    if (outcome.kind === 'unchecked') {
      this.#handleUnchecked(index);
      return;
    }
    this.#options.count('verified');
    lane.policy.verified(frame.receivedAt.wallNs);
    if (this.#lanes.length === 1) {
      this.#show();
      return;
    }
    if (index !== this.#front && this.#status !== 'verified') this.#front = index;
    if (index === this.#front) this.#advance(lane, frame);
    else lane.note(frame);
  }

  handleLane({ lane: index, loss }: LaneEvent): void {
    const lane = this.#lanes[index];
    if (lane === undefined || loss === undefined || this.#status === 'ended') return;
    // Our own resyncs have cleared the book already; those of another feed have not.
    if (OWN_REASONS.has(loss.reason) && !lane.isVerified) return;
    this.#clearTimer(lane);
    lane.policy.reset();
    lane.isQuarantined = false;
    if (index === this.#front && this.#switch(lane)) {
      lane.clear();
      return;
    }
    lane.clear();
    if (index === this.#front) this.#turn('awaitingSnapshot', loss.detail);
  }

  /** Tries a quarantined book once more. */
  retry(): void {
    this.#lanes.forEach((lane, index) => {
      if (!lane.isQuarantined) return;
      lane.policy.reset();
      lane.isQuarantined = false;
      if (index === this.#front) this.#turn('resyncing', 'tried again');
      this.#options.renew(this.symbol, { lane: index, detail: 'tried again after the quarantine' });
    });
  }

  end(reason: string): void {
    for (const lane of this.#lanes) {
      this.#clearTimer(lane);
      lane.clear();
    }
    this.#turn('ended', reason);
  }

  /** The front moved on; until it is where what was shown stood, nothing is to be shown. */
  #advance(lane: Lane<B>, frame: Frame): void {
    const moment = lane.momentOf(frame);
    lane.moment = moment;
    const shown = this.#shown;
    if (this.#isBehind && shown !== undefined) {
      if (moment.time < shown.time) return;
      this.#isBehind = false;
      if (moment.time === shown.time && moment.checksum === shown.checksum) return;
    }
    this.#shown = moment;
    for (const other of this.#lanes) if (other !== lane) other.passed(moment);
    this.#show();
  }

  /** Nothing proves it, not even that it is wrong: it can be read, and is called what it is. */
  #handleUnchecked(index: number): void {
    if (index !== this.#front && this.#status === 'verified') return;
    this.#front = index;
    this.#turn('unchecked', 'the message carries no checksum');
    this.#tellChange(false);
  }

  #show(): void {
    if (this.#status !== 'verified') this.#turn('verified', 'verified');
    this.#tellChange(true);
  }

  #tellChange(isVerified: boolean): void {
    const front = this.#lanes[this.#front];
    if (front !== undefined) this.#options.onChange(front.book, isVerified);
  }

  #handleFailure(
    lane: Lane<B>,
    index: number,
    cause: FailureCause,
    detail: string,
    wallNs: bigint,
  ): void {
    const { symbol } = this;
    const { timers, renew, distrust, count } = this.#options;
    const delayMs = lane.policy.failed(wallNs);
    const reason = cause === 'jump' ? 'sequence' : 'resync';
    const loss: RenewSymbolOptions = { lane: index, reason, fromNs: lane.verifiedNs, detail };
    const isShown = index === this.#front && !this.#switch(undefined);
    if (delayMs === undefined) {
      lane.isQuarantined = true;
      count('quarantines');
      const text = `${detail}; given up after ${String(lane.policy.failures)} failures in a row`;
      distrust(symbol, { ...loss, reason: 'quarantine', detail: text });
      if (isShown) this.#turn('quarantined', text);
      return;
    }
    count('resyncs');
    distrust(symbol, loss);
    if (isShown) this.#turn('resyncing', detail);
    if (delayMs === 0) {
      renew(symbol, loss);
      return;
    }
    this.#clearTimer(lane);
    lane.timer = timers.setTimeout(() => {
      lane.timer = undefined;
      renew(symbol, loss);
    }, delayMs);
  }

  /**
   * Goes on with another lane, if one is verified. `intact` is the lost front where its book still
   * stands as it was last shown: then it is led through every message up to the other.
   */
  #switch(intact: Lane<B> | undefined): boolean {
    const shown = this.#shown;
    const next = this.#lanes.findIndex((lane, index) => index !== this.#front && lane.isVerified);
    const lane = this.#lanes[next];
    if (lane === undefined || this.#status !== 'verified') return false;
    this.#options.count('switches');
    const stands = lane.moment;
    this.#isBehind = shown !== undefined && stands !== undefined && stands.time < shown.time;
    if (this.#isBehind) {
      this.#front = next;
      return true;
    }
    const frames = intact === undefined || !shown ? undefined : lane.framesAfter(shown);
    for (const frame of frames ?? []) {
      if (intact?.apply(frame).kind !== 'verified') break;
      this.#tellChange(true);
    }
    this.#front = next;
    this.#shown = stands;
    if (stands !== undefined) lane.passed(stands);
    if (frames === undefined) this.#show();
    return true;
  }

  #turn(to: BookStatus, reason: string): void {
    const from = this.#status;
    this.#reason = reason;
    if (from === to || from === 'ended') return;
    this.#status = to;
    if (to !== 'verified') {
      this.#shown = undefined;
      this.#isBehind = false;
    }
    this.#options.onState(this, from, reason);
  }

  #clearTimer(lane: Lane<B>): void {
    if (lane.timer !== undefined) this.#options.timers.clearTimeout(lane.timer);
    lane.timer = undefined;
  }
}
