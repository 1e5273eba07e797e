import type { Timers } from '@kr/schemas/shared';
import { RecordingError, systemCodeOf } from '../errors.ts';
import type { RecordFields } from '../format/record-codec.ts';
import { Batch, recordSize } from './batch.ts';
import type { Mark } from './commit-mark.ts';
import type { FsyncSchedule } from './fsync-policy.ts';
import type { SegmentFiles } from './segment-files.ts';
import type { SegmentSeals } from './segment-seals.ts';
import { Waiters } from './waiters.ts';

export interface GroupCommitOptions {
  readonly files: SegmentFiles;
  readonly schedule: FsyncSchedule;
  readonly timers: Timers;
  /** Of one of the two batches. */
  readonly batchBytes: number;
  /** From this many waiting bytes on they are written without waiting for the tick. */
  readonly writeAtBytes: number;
  readonly onFailure: (error: RecordingError) => void;
  /** Called at each look at what is not yet written. */
  readonly onTick: () => void;
  /** Is told of each batch once, in order, and may write once things are durable. */
  readonly seals: SegmentSeals;
}

/**
 * Takes records at once and makes them durable in groups: one batch fills while the other is being
 * written. When both are full, `add` writes them itself, so memory is bounded and nothing is dropped.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #current: Batch;
  #spare: Batch | undefined;
  #inFlight: { readonly batch: Batch; readonly mark: Mark; writtenAgain: boolean } | undefined;
  #appended: Mark;
  #written: Mark;
  #durable: Mark;
  #writeWanted = false;
  /** What is to be durable as soon as may be: so many records. */
  #syncTarget = 0;
  #draining: Promise<void> | undefined;
  #timer: unknown;
  #ticks = 0;
  readonly #waiters = new Waiters();
  readonly #drained = new Waiters();
  #failure: RecordingError | undefined;
  #trimmed = false;
  #syncs = 0;
  #synchronousWrites = 0;

  constructor(options: GroupCommitOptions, start: Mark) {
    this.#options = options;
    this.#current = new Batch(options.batchBytes);
    this.#spare = new Batch(options.batchBytes);
    this.#appended = start;
    this.#written = start;
    this.#durable = start;
  }

  get written(): Mark {
    return this.#written;
  }

  get durable(): Mark {
    return this.#durable;
  }

  get failure(): RecordingError | undefined {
    return this.#failure;
  }

  get syncs(): number {
    return this.#syncs;
  }

  get synchronousWrites(): number {
    return this.#synchronousWrites;
  }

  /** The disk is behind: one batch is being written, and the other is more than half full. */
  get isBehind(): boolean {
    return this.#inFlight !== undefined && this.#current.length > this.#options.batchBytes / 2;
  }

  /** Bytes that are in no file yet. */
  get waitingBytes(): number {
    return this.#current.length + (this.#inFlight?.batch.length ?? 0);
  }

  /** Can a record of this size be taken without writing here and now? */
  hasRoom(size: number): boolean {
    return (
      this.#current.hasRoom(size) || (this.#spare !== undefined && this.#draining === undefined)
    );
  }

  /** Resolves when the disk is no longer behind. */
  drained(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (!this.isBehind) return Promise.resolve();
    return this.#drained.wait(0);
  }

  /** @throws RecordingError `WRITE_FAILED`: the record is then not in the journal. */
  add(fields: RecordFields, payload: Uint8Array, fileOffset: number, mark: Mark): void {
    this.#reserve(recordSize(payload.length));
    this.#current.add(mark.segment, fileOffset, fields, payload);
    this.#appended = mark;
    if (this.#options.schedule.always) {
      this.#writeNow();
      this.#syncNow();
      if (this.#options.seals.isDue(this.#durable)) this.#drain();
    } else if (this.#timer === undefined) {
      this.#arm();
    }
    if (this.#current.length >= this.#options.writeAtBytes && this.#inFlight === undefined) {
      this.#writeWanted = true;
      this.#drain();
    }
  }

  /** Resolves when everything added so far is durable, and segments that ended are sealed. */
  flush(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { records } = this.#appended;
    const isSealed = !this.#options.seals.isDue(this.#durable);
    if (this.#durable.records >= records && isSealed) return Promise.resolve();
    const durable = this.#waiters.wait(records);
    this.#writeWanted = true;
    this.#syncTarget = records;
    this.#drain();
    return durable;
  }

  /** Waits for what is under way, after a failure for the clearing up too, and closes the file. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#draining !== undefined) await this.#draining;
    this.#options.files.close();
  }

  #reserve(size: number): void {
    if (this.#current.hasRoom(size)) return;
    if (this.#current.length > 0) {
      if (this.#spare === undefined) {
        this.#writeNow();
      } else {
        this.#writeWanted = true;
        this.#drain();
        // The drain takes the batch at once when none runs; one that runs is still in its sync.
        if (this.#current.length > 0) this.#writeNow();
      }
    }
    if (!this.#current.hasRoom(size)) this.#current.growTo(size);
  }

  #arm(): void {
    this.#timer = this.#options.timers.setTimeout(() => {
      this.#timer = undefined;
      this.#tick();
    }, this.#options.schedule.tickMs);
  }

  #tick(): void {
    if (this.#failure !== undefined) return;
    this.#options.onTick();
    const { ticksToSync } = this.#options.schedule;
    this.#ticks += 1;
    if (ticksToSync !== undefined && this.#ticks >= ticksToSync) {
      this.#syncTarget = this.#appended.records;
      this.#ticks = 0;
    }
    this.#writeWanted = true;
    this.#drain();
    const rest = ticksToSync === undefined ? this.#written : this.#durable;
    if (rest.records >= this.#appended.records) this.#ticks = 0;
    // What `onTick` appends has armed it already.
    else if (this.#timer === undefined) this.#arm();
  }

  #drain(): void {
    if (this.#draining !== undefined) return;
    this.#draining = this.#runToEnd();
  }

  async #runToEnd(): Promise<void> {
    await this.#run();
    this.#draining = undefined;
    this.#waiters.settle(this.#durable.records, this.#failure);
    // Asked for after the run had looked for the last time.
    const again = this.#failure === undefined ? this.#isWorkWanted() : !this.#trimmed;
    if (again) this.#drain();
  }

  async #run(): Promise<void> {
    try {
      while (this.#failure === undefined && this.#isWorkWanted()) {
        this.#writeWanted = false;
        if (this.#current.length > 0) await this.#writeBatch();
        if (this.#isSyncWanted()) await this.#sync();
        await this.#options.seals.write(this.#durable);
        this.#waiters.settle(this.#durable.records, this.#failure);
      }
    } catch (error) {
      this.#fail(error);
    }
    if (this.#failure === undefined) return;
    this.#trimmed = true;
    // What cannot be cut now is cut by the recovery of the next start.
    await this.#options.files.trim().catch(() => undefined);
  }

  #isSyncWanted(): boolean {
    return this.#durable.records < this.#syncTarget;
  }

  /** What came in during a write or a sync is seen to in the next round. */
  #isWorkWanted(): boolean {
    const { seals } = this.#options;
    return this.#writeWanted || this.#isSyncWanted() || seals.isDue(this.#durable);
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#current;
    const mark = this.#appended;
    this.#current = this.#spare ?? new Batch(this.#options.batchBytes);
    this.#spare = undefined;
    this.#inFlight = { batch, mark, writtenAgain: false };
    this.#options.seals.hash(batch);
    await this.#options.files.write(batch);
    this.#inFlight = undefined;
    batch.clear();
    this.#spare = batch;
    if (mark.records > this.#written.records) this.#written = mark;
    this.#settleDrained();
  }

  async #sync(): Promise<void> {
    const mark = this.#written;
    await this.#options.files.sync(mark.segment);
    this.#syncs += 1;
    if (mark.records > this.#durable.records) this.#durable = mark;
  }

  /** Both batches are taken: writes them here and now, the one under way once more, in its order. */
  #writeNow(): void {
    try {
      const { files } = this.#options;
      const shared = this.#draining !== undefined;
      if (this.#inFlight !== undefined && !this.#inFlight.writtenAgain) {
        files.writeSync(this.#inFlight.batch, shared);
        this.#inFlight.writtenAgain = true;
      }
      files.writeSync(this.#current, shared);
      this.#options.seals.hash(this.#current);
    } catch (error) {
      throw this.#fail(error);
    }
    this.#synchronousWrites += 1;
    this.#current.clear();
    this.#written = this.#appended;
  }

  #syncNow(): void {
    try {
      this.#options.files.syncSync(this.#written.segment);
    } catch (error) {
      throw this.#fail(error);
    }
    this.#syncs += 1;
    this.#durable = this.#written;
  }

  /** The first failure is the one that everybody is told. */
  #fail(cause: unknown): RecordingError {
    if (this.#failure !== undefined) return this.#failure;
    const systemCode = systemCodeOf(cause);
    const path = this.#options.files.pathOf(this.#options.files.end.segment);
    const error = new RecordingError(
      'WRITE_FAILED',
      `The journal cannot be written to ${path} (${systemCode ?? String(cause)}). ` +
        'What it holds so far stays readable. Make room or repair the disk, then start the recorder again.',
      { path, ...this.#options.files.end, ...(systemCode === undefined ? {} : { systemCode }) },
      { cause },
    );
    this.#failure = error;
    this.#drain();
    this.#settleDrained();
    this.#options.onFailure(error);
    return error;
  }
  /** After a failure the disk never catches up: they are all told so. */
  #settleDrained(): void {
    this.#drained.settle(this.#failure === undefined ? 0 : -1, this.#failure);
  }
}
