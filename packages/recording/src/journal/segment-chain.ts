import { type Clock, type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { END_KIND, FRAME_KIND, GAP_KIND, HEADER_KIND } from '../format/record-format.ts';
import type { SegmentEnd } from '../format/segment-end.ts';
import {
  createSegmentHeader,
  type PreviousSegment,
  type RecordingDescription,
  type Subscription,
} from '../format/segment-header.ts';
import type { Mark } from './commit-mark.ts';
import type { GroupCommit } from './group-commit.ts';
import { SegmentPlan } from './segment-plan.ts';
import type { SegmentSeals } from './segment-seals.ts';

export interface SegmentChainOptions {
  readonly header: RecordingDescription;
  readonly recordingId: string;
  readonly clock: Clock;
  readonly maxBytes: number;
  readonly maxNs: bigint;
  /** Nothing ticks: the age of a segment is looked at with each record. */
  readonly looksAtAge: boolean;
  readonly commit: GroupCommit;
  readonly seals: SegmentSeals;
  /** A record was refused, and whoever wanted it added is thrown the reason. */
  readonly onRefused: () => void;
}

/** What stood before the first segment of this chain. */
export interface ChainStart {
  readonly mark: Mark;
  readonly previous: PreviousSegment | undefined;
  readonly lastConnectionId: number;
  readonly lastFrameAt: string | undefined;
}

const encoder = new TextEncoder();

/**
 * The segments that records go into, one after the other: begins each with its header, ends it by size
 * or age, and counts what is in it as if everything were written already.
 */
export class SegmentChain {
  readonly #options: SegmentChainOptions;
  readonly #lastFrameAt: string | undefined;
  #subscriptions: readonly Subscription[];
  #plan: SegmentPlan;
  #mark: Mark;
  #lastConnectionId: number;
  #lastFrameNs: bigint | undefined;
  /** The segment has reached its greatest age. */
  #isOld = false;

  constructor(options: SegmentChainOptions, start: ChainStart) {
    this.#options = options;
    this.#subscriptions = options.header.subscriptions;
    this.#mark = start.mark;
    this.#lastConnectionId = start.lastConnectionId;
    this.#lastFrameAt = start.lastFrameAt;
    this.#plan = this.#begin(start.mark.segment, start.previous);
  }

  get mark(): Mark {
    return this.#mark;
  }

  /** The segment that is being added to. */
  get segment(): number {
    return this.#plan.segment;
  }

  get lastConnectionId(): number {
    return this.#lastConnectionId;
  }

  setSubscriptions(subscriptions: readonly Subscription[]): void {
    this.#subscriptions = subscriptions;
  }

  addFrame({ receivedAt, connectionId, sequence, bytes }: Frame): void {
    this.#rotateWhenDue(bytes.length);
    if (connectionId > this.#lastConnectionId) this.#lastConnectionId = connectionId;
    const { wallNs, monotonicNs } = receivedAt;
    this.#lastFrameNs = wallNs;
    this.#plan.frames += 1;
    this.#add(FRAME_KIND, bytes, wallNs, monotonicNs, connectionId, sequence, 1);
  }

  addGap(gap: GapEvent): void {
    const payload = encoder.encode(JSON.stringify(gap));
    this.#rotateWhenDue(payload.length);
    this.#plan.gaps += 1;
    this.#addNow(GAP_KIND, payload, gap.connectionId);
  }

  end(reason: SegmentEnd['reason']): void {
    const payload = encoder.encode(JSON.stringify(this.#plan.end(reason)));
    // Before the record is added: adding it may write it, and with it the seal.
    this.#options.seals.onEnd(this.#plan, this.#mark.records + 1);
    this.#addNow(END_KIND, payload);
  }

  /** Reading the clock costs as much as a short frame: done at each tick, not at each frame. */
  lookAtAge(): void {
    const { clock, maxNs } = this.#options;
    this.#isOld = clock.monotonicNs() - this.#plan.startedAtNs >= maxNs;
  }

  #begin(segment: number, previous: PreviousSegment | undefined): SegmentPlan {
    const { header, recordingId, clock } = this.#options;
    this.#plan = new SegmentPlan(segment, clock.monotonicNs());
    this.#isOld = false;
    const description = { ...header, subscriptions: this.#subscriptions };
    const place = {
      ...{ recordingId, segment, createdAt: formatTimestamp(clock.wallNs()) },
      lastConnectionId: this.#lastConnectionId,
      ...(previous === undefined ? {} : { previous }),
    };
    const text = JSON.stringify(createSegmentHeader(description, place));
    this.#addNow(HEADER_KIND, encoder.encode(text));
    return this.#plan;
  }

  #rotateWhenDue(payloadBytes: number): void {
    const plan = this.#plan;
    const { looksAtAge, maxBytes } = this.#options;
    if (looksAtAge) this.lookAtAge();
    // A segment holds at least one frame or gap, however small the limit.
    if (plan.frames + plan.gaps === 0) return;
    if (!this.#isOld && plan.bytes + payloadBytes <= maxBytes) return;
    this.end('rotate');
    const { segment, records } = plan;
    const lastFrameAt =
      this.#lastFrameNs === undefined ? this.#lastFrameAt : formatTimestamp(this.#lastFrameNs);
    this.#begin(segment + 1, { segment, records, closed: true, lastFrameAt });
  }

  #addNow(kind: number, payload: Uint8Array, connectionId = 0): void {
    const { clock } = this.#options;
    this.#add(kind, payload, clock.wallNs(), clock.monotonicNs(), connectionId, 0, 0);
  }

  #add(
    kind: number,
    payload: Uint8Array,
    wallNs: bigint,
    monotonicNs: bigint,
    connectionId: number,
    sequence: number,
    frames: 0 | 1,
  ): void {
    const { commit, seals, onRefused } = this.#options;
    const { ordinal, offset } = this.#plan.place(payload.length);
    if (frames === 1) seals.onFrame(offset, ordinal, wallNs);
    const before = this.#mark;
    this.#mark = {
      records: before.records + 1,
      frames: before.frames + frames,
      bytes: before.bytes + (this.#plan.bytes - offset),
      segment: this.#plan.segment,
      wallNs: frames === 1 ? wallNs : before.wallNs,
    };
    const fields = { kind, ordinal, connectionId, sequence, wallNs, monotonicNs };
    try {
      commit.add(fields, payload, offset, this.#mark);
    } catch (error) {
      onRefused();
      throw error;
    }
  }
}
