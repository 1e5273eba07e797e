import { randomUUID } from 'node:crypto';
import { type Clock, type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import type { SealedSegment } from '../format/manifest.ts';
import { END_KIND, FRAME_KIND, GAP_KIND, HEADER_KIND } from '../format/record-format.ts';
import {
  createSegmentHeader,
  type PreviousSegment,
  type Subscription,
} from '../format/segment-header.ts';
import type { RecoveredState, Recovery } from '../recovery/recovery.ts';
import { assertFrame } from './assert-frame.ts';
import { recordSize } from './batch.ts';
import { ClockWatch } from './clock-watch.ts';
import type { Mark } from './commit-mark.ts';
import { deleteSegments } from './delete-segments.ts';
import { DropLedger } from './drop-ledger.ts';
import { GroupCommit } from './group-commit.ts';
import type { AppendOutcome, JournalStats } from './journal-stats.ts';
import { restartGap } from './restart-gap.ts';
import { SegmentFiles } from './segment-files.ts';
import { SegmentPlan } from './segment-plan.ts';
import { SegmentSeals } from './segment-seals.ts';
import type { WriterLock } from './writer-lock.ts';
import type { JournalWriterOptions, WriterSettings } from './writer-options.ts';

const encoder = new TextEncoder();

/** Appends frames to a recording. Made by `createJournalWriter`. */
export class JournalWriter implements AsyncDisposable {
  /** What stood in the directory before. */
  readonly recovery: Recovery;
  readonly recordingId: string;
  readonly #options: JournalWriterOptions;
  readonly #settings: WriterSettings;
  readonly #clock: Clock;
  readonly #lock: WriterLock;
  readonly #commit: GroupCommit;
  readonly #seals: SegmentSeals;
  readonly #clockWatch: ClockWatch;
  readonly #drops = new DropLedger();
  #subscriptions: readonly Subscription[];
  #plan: SegmentPlan;
  #openGap: GapEvent | undefined;
  #lastConnectionId: number;
  #lastFrameNs: bigint | undefined;
  #mark: Mark;
  #gaps = 0;
  /** The segment has reached its greatest age. */
  #isOld = false;
  #surfaced = false;
  #closing: Promise<void> | undefined;

  constructor(
    options: JournalWriterOptions,
    settings: WriterSettings,
    state: RecoveredState,
    lock: WriterLock,
    manifestBytes: number,
  ) {
    const { nextSegment, lastConnectionId, previous, source: _source, ...recovery } = state;
    this.recovery = recovery;
    this.recordingId = state.recordingId ?? randomUUID();
    this.#options = options;
    this.#subscriptions = options.header.subscriptions;
    this.#settings = settings;
    this.#clock = options.clock;
    this.#lock = lock;
    this.#lastConnectionId = lastConnectionId;
    this.#mark = { records: 0, frames: 0, bytes: 0, segment: nextSegment, wallNs: undefined };
    const start = { segment: nextSegment, offset: 0 };
    this.#clockWatch = new ClockWatch(options.clock);
    this.#seals = new SegmentSeals(options.directory, settings.fileSystem, manifestBytes);
    this.#commit = new GroupCommit(
      {
        files: new SegmentFiles(options.directory, settings.fileSystem, start),
        schedule: settings.schedule,
        timers: options.timers,
        batchBytes: settings.bufferBytes,
        writeAtBytes: settings.bufferBytes / 4,
        onFailure: (error) => {
          if (options.onError === undefined) return;
          this.#surfaced = true;
          options.onError(error);
        },
        onTick: () => {
          this.#lookAtAge();
          this.#lookAtClock();
        },
        seals: this.#seals,
      },
      this.#mark,
    );
    this.#plan = this.#beginSegment(nextSegment, previous);
    if (!state.resumed) return;
    this.#openGap = restartGap(state);
    this.appendGap(this.#openGap);
  }

  /** The id for the next connection, so that ids stay unique over restarts. */
  get nextConnectionId(): number {
    return this.#lastConnectionId + 1;
  }

  get stats(): JournalStats {
    return {
      frames: this.#mark.frames,
      gaps: this.#gaps,
      bytes: this.#mark.bytes,
      segment: this.#plan.segment,
      written: this.#commit.written,
      durable: this.#commit.durable,
      syncs: this.#commit.syncs,
      synchronousWrites: this.#commit.synchronousWrites,
      waitingBytes: this.#commit.waitingBytes,
      dropped: this.#drops.total,
    };
  }

  /**
   * Takes a frame: copies its bytes into the buffer and returns. It is in the file within a quarter of
   * the fsync interval and durable within the interval. Says when to slow the socket.
   *
   * @throws RecordingError `INVALID_FRAME`, `CLOSED`, or the `WRITE_FAILED` that ended the journal;
   *   in each case this frame is not in the journal.
   */
  append(frame: Frame): AppendOutcome {
    this.#assertWritable();
    assertFrame(frame);
    if (
      this.#settings.overflow === 'gap' &&
      !this.#commit.hasRoom(recordSize(frame.bytes.length))
    ) {
      this.#drops.add(frame);
      return 'dropped';
    }
    if (!this.#drops.isEmpty) this.#enterDrops();
    const { wallNs, monotonicNs } = frame.receivedAt;
    if (this.#openGap !== undefined) this.#closeRestart(wallNs);
    this.#rotateWhenDue(frame.bytes.length);
    if (frame.connectionId > this.#lastConnectionId) this.#lastConnectionId = frame.connectionId;
    this.#lastFrameNs = wallNs;
    this.#plan.frames += 1;
    this.#add(FRAME_KIND, frame.bytes, wallNs, monotonicNs, frame.connectionId, frame.sequence, 1);
    return this.#commit.isBehind ? 'slowDown' : 'taken';
  }

  /** Resolves when the disk has caught up with what was appended; see {@link AppendOutcome}. */
  drained(): Promise<void> {
    return this.#commit.drained();
  }

  /** Writes a gap into the ledger. A gap without `to` is closed by appending it again with `to`. */
  appendGap(gap: GapEvent): void {
    this.#assertWritable();
    this.#addGap(gap);
  }

  /**
   * What is subscribed from now on, for the headers of the segments that follow: their readers may no
   * longer have the segments with the acknowledgements.
   */
  setSubscriptions(subscriptions: readonly Subscription[]): void {
    this.#subscriptions = subscriptions;
  }

  #addGap(gap: GapEvent): void {
    const payload = encoder.encode(JSON.stringify(gap));
    this.#rotateWhenDue(payload.length);
    this.#plan.gaps += 1;
    this.#gaps += 1;
    this.#addNow(GAP_KIND, payload, gap.connectionId);
  }

  /**
   * Deletes the oldest segments, as `planRetention` has chosen them: first enters them into the manifest,
   * then unlinks their files, so that whatever happens in between is told as what it is.
   *
   * @throws RecordingError `INVALID_OPTION` for a segment that is not the oldest left, or not sealed.
   */
  async deleteSegments(segments: readonly SealedSegment[]): Promise<void> {
    this.#assertWritable();
    await deleteSegments(segments, {
      directory: this.#options.directory,
      fileSystem: this.#settings.fileSystem,
      seals: this.#seals,
      writing: this.#plan.segment,
      wallNs: this.#clock.wallNs(),
    });
  }

  /** Resolves when everything appended before is durable; rejects with the journal's `WRITE_FAILED`. */
  async flush(): Promise<void> {
    try {
      await this.#commit.flush();
    } catch (error) {
      this.#surfaced = true;
      throw error;
    }
  }

  /**
   * Ends the segment, makes everything durable and gives the directory back. Rejects with the error
   * that ended the journal, if nobody was told of it yet.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    try {
      if (this.#commit.failure === undefined) {
        this.#enterDrops();
        this.#addEnd('close');
        await this.#commit.flush();
      }
    } finally {
      await this.#commit.close();
      await this.#lock.release();
    }
    if (this.#commit.failure !== undefined && !this.#surfaced) throw this.#commit.failure;
  }

  #beginSegment(segment: number, previous: PreviousSegment | undefined): SegmentPlan {
    this.#plan = new SegmentPlan(segment, this.#clock.monotonicNs());
    this.#isOld = false;
    const header = createSegmentHeader(
      { ...this.#options.header, subscriptions: this.#subscriptions },
      {
        recordingId: this.recordingId,
        segment,
        createdAt: formatTimestamp(this.#clock.wallNs()),
        lastConnectionId: this.#lastConnectionId,
        ...(previous === undefined ? {} : { previous }),
      },
    );
    this.#addNow(HEADER_KIND, encoder.encode(JSON.stringify(header)));
    return this.#plan;
  }

  #rotateWhenDue(payloadBytes: number): void {
    const plan = this.#plan;
    if (this.#settings.schedule.always) this.#lookAtAge();
    // A segment holds at least one frame or gap, however small the limit.
    if (plan.frames + plan.gaps === 0) return;
    if (!this.#isOld && plan.bytes + payloadBytes <= this.#settings.maxBytes) return;
    this.#addEnd('rotate');
    const lastFrameAt =
      this.#lastFrameNs === undefined
        ? this.recovery.lastFrameAt
        : formatTimestamp(this.#lastFrameNs);
    this.#beginSegment(plan.segment + 1, {
      segment: plan.segment,
      records: plan.records,
      closed: true,
      lastFrameAt,
    });
  }

  /** Reading the clock costs as much as a short frame: done at each tick, not at each frame. */
  #lookAtAge(): void {
    const age = this.#clock.monotonicNs() - this.#plan.startedAtNs;
    this.#isOld = age >= this.#settings.maxNs;
  }

  #lookAtClock(): void {
    const gap = this.#clockWatch.look();
    if (gap !== undefined) this.appendGap(gap);
  }

  #enterDrops(): void {
    for (const gap of this.#drops.take()) this.#addGap(gap);
  }

  #addEnd(reason: 'rotate' | 'close'): void {
    const plan = this.#plan;
    const payload = encoder.encode(JSON.stringify(plan.end(reason)));
    // Before the record is added: adding it may write it, and with it the seal.
    this.#seals.onEnd(plan, this.#mark.records + 1);
    this.#addNow(END_KIND, payload);
  }

  #closeRestart(wallNs: bigint): void {
    const gap = this.#openGap;
    this.#openGap = undefined;
    if (gap !== undefined) this.appendGap({ ...gap, to: formatTimestamp(wallNs) });
  }

  #addNow(kind: number, payload: Uint8Array, connectionId = 0): void {
    const now = { wallNs: this.#clock.wallNs(), monotonicNs: this.#clock.monotonicNs() };
    this.#add(kind, payload, now.wallNs, now.monotonicNs, connectionId, 0, 0);
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
    const { ordinal, offset } = this.#plan.place(payload.length);
    if (frames === 1) this.#seals.onFrame(offset, ordinal, wallNs);
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
      this.#commit.add(fields, payload, offset, this.#mark);
    } catch (error) {
      this.#surfaced = true;
      throw error;
    }
  }

  #assertWritable(): void {
    if (this.#closing !== undefined) {
      throw new RecordingError('CLOSED', 'The journal is closed: open it again to append.');
    }
    if (this.#commit.failure === undefined) return;
    this.#surfaced = true;
    throw this.#commit.failure;
  }
}
