import { randomUUID } from 'node:crypto';
import { type Clock, type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import type { SealedSegment } from '../format/manifest.ts';
import type { Subscription } from '../format/segment-header.ts';
import type { RecoveredState, Recovery } from '../recovery/recovery.ts';
import { assertFrame } from './assert-frame.ts';
import { recordSize } from './batch.ts';
import { ClockWatch } from './clock-watch.ts';
import { deleteSegments } from './delete-segments.ts';
import { DropLedger } from './drop-ledger.ts';
import { GroupCommit } from './group-commit.ts';
import type { AppendOutcome, JournalStats } from './journal-stats.ts';
import { restartGap } from './restart-gap.ts';
import { SegmentChain } from './segment-chain.ts';
import { SegmentFiles } from './segment-files.ts';
import { SegmentSeals } from './segment-seals.ts';
import type { WriterLock } from './writer-lock.ts';
import type { JournalWriterOptions, WriterSettings } from './writer-options.ts';

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
  readonly #chain: SegmentChain;
  #openGap: GapEvent | undefined;
  #gaps = 0;
  /** Somebody was told why the journal has ended. */
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
    this.#settings = settings;
    this.#clock = options.clock;
    this.#lock = lock;
    const mark = { records: 0, frames: 0, bytes: 0, segment: nextSegment, wallNs: undefined };
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
          this.#chain.lookAtAge();
          this.#lookAtClock();
        },
        seals: this.#seals,
      },
      mark,
    );
    this.#chain = new SegmentChain(
      {
        ...{ header: options.header, recordingId: this.recordingId, clock: options.clock },
        ...{ maxBytes: settings.maxBytes, maxNs: settings.maxNs },
        looksAtAge: settings.schedule.always,
        ...{ commit: this.#commit, seals: this.#seals },
        onRefused: () => {
          this.#surfaced = true;
        },
      },
      { mark, previous, lastConnectionId, lastFrameAt: this.recovery.lastFrameAt },
    );
    if (!state.resumed) return;
    this.#openGap = restartGap(state);
    this.appendGap(this.#openGap);
  }

  /** The id for the next connection, so that ids stay unique over restarts. */
  get nextConnectionId(): number {
    return this.#chain.lastConnectionId + 1;
  }

  get stats(): JournalStats {
    const { frames, bytes } = this.#chain.mark;
    return {
      ...{ frames, bytes, gaps: this.#gaps, segment: this.#chain.segment },
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
    if (this.#openGap !== undefined) this.#closeRestart(frame.receivedAt.wallNs);
    this.#chain.addFrame(frame);
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
    this.#chain.setSubscriptions(subscriptions);
  }

  #addGap(gap: GapEvent): void {
    this.#chain.addGap(gap);
    this.#gaps += 1;
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
      writing: this.#chain.segment,
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
        this.#chain.end('close');
        await this.#commit.flush();
      }
    } finally {
      await this.#commit.close();
      await this.#lock.release();
    }
    if (this.#commit.failure !== undefined && !this.#surfaced) throw this.#commit.failure;
  }

  #lookAtClock(): void {
    const gap = this.#clockWatch.look();
    if (gap !== undefined) this.appendGap(gap);
  }

  #enterDrops(): void {
    for (const gap of this.#drops.take()) this.#addGap(gap);
  }

  #closeRestart(wallNs: bigint): void {
    const gap = this.#openGap;
    this.#openGap = undefined;
    if (gap !== undefined) this.appendGap({ ...gap, to: formatTimestamp(wallNs) });
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
