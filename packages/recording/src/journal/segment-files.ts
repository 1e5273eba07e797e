import { join } from 'node:path';
import { formatSegmentName } from '../format/segment-name.ts';
import type { Batch, Piece } from './batch.ts';
import type { JournalFileSystem } from './file-system.ts';

/** A position in the journal: everything before it is whole records. */
export interface SegmentPosition {
  readonly segment: number;
  readonly offset: number;
}

/**
 * Puts batches into segment files, by position. Writing a batch twice is harmless, so the synchronous
 * half may write a batch again whose asynchronous write is still under way: that keeps the order of the
 * file whatever happens first.
 */
export class SegmentFiles {
  readonly #directory: string;
  readonly #fileSystem: JournalFileSystem;
  #open: { readonly segment: number; readonly fd: number } | undefined;
  #end: SegmentPosition;
  /** Written beside an asynchronous write, through a file of their own, and not synced since. */
  readonly #aside = new Set<number>();

  constructor(directory: string, fileSystem: JournalFileSystem, start: SegmentPosition) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
    this.#end = start;
  }

  pathOf(segment: number): string {
    return join(this.#directory, formatSegmentName(segment));
  }

  /** How far the files hold whole records. */
  get end(): SegmentPosition {
    return this.#end;
  }

  async write(batch: Batch): Promise<void> {
    const { bytes, pieces } = batch;
    for (const piece of pieces) {
      const fd = await this.#switchTo(piece.segment);
      let done = 0;
      const size = piece.end - piece.start;
      while (done < size) {
        const rest = bytes.subarray(piece.start + done, piece.end);
        done += await this.#fileSystem.write(fd, rest, piece.fileOffset + done);
        this.#advance(batch, piece, done);
      }
    }
  }

  /**
   * Writes without returning to the event loop. With `shared` an asynchronous write is under way: its
   * file stays with it, and this call opens its own.
   */
  writeSync(batch: Batch, shared: boolean): void {
    const { bytes, pieces } = batch;
    for (const piece of pieces) {
      if (shared) {
        // No segment reaches the disk before the one in front of it.
        if (piece.segment > this.#end.segment) this.#syncAsideSync();
        this.#aside.add(piece.segment);
      }
      const fd = shared
        ? this.#fileSystem.open(this.pathOf(piece.segment))
        : this.#switchToSync(piece);
      try {
        let done = 0;
        const size = piece.end - piece.start;
        while (done < size) {
          const rest = bytes.subarray(piece.start + done, piece.end);
          done += this.#fileSystem.writeSync(fd, rest, piece.fileOffset + done);
          this.#advance(batch, piece, done);
        }
      } finally {
        if (shared) this.#fileSystem.close(fd);
      }
      if (shared && piece.fileOffset === 0) this.#fileSystem.syncDirectorySync(this.#directory);
    }
  }

  /** Makes everything written to `segment`, and to those before it, durable. */
  async sync(segment: number): Promise<void> {
    await this.#syncAside();
    await this.#fileSystem.datasync(await this.#switchTo(segment));
  }

  async #syncAside(): Promise<void> {
    for (const other of [...this.#aside]) {
      this.#aside.delete(other);
      const fd = this.#fileSystem.open(this.pathOf(other));
      try {
        await this.#fileSystem.datasync(fd);
      } finally {
        this.#fileSystem.close(fd);
      }
    }
  }

  #syncAsideSync(): void {
    const open = this.#open === undefined ? [] : [this.#open.segment];
    for (const other of new Set([...open, ...this.#aside])) {
      this.#aside.delete(other);
      const fd = this.#fileSystem.open(this.pathOf(other));
      try {
        this.#fileSystem.datasyncSync(fd);
      } finally {
        this.#fileSystem.close(fd);
      }
    }
  }

  syncSync(segment: number): void {
    this.#fileSystem.datasyncSync(this.#switchToSync({ segment }));
  }

  /** After a failed write: cuts the part of a record that was written, and a file without any record. */
  async trim(): Promise<void> {
    const { segment, offset } = this.#end;
    this.close();
    const path = this.pathOf(segment);
    if ((await this.#fileSystem.size(path)) > offset) await this.#fileSystem.truncate(path, offset);
    const following = formatSegmentName(segment + 1);
    if ((await this.#fileSystem.list(this.#directory)).includes(following)) {
      await this.#fileSystem.remove(join(this.#directory, following));
    }
    if (offset === 0) await this.#fileSystem.remove(path);
  }

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) this.#fileSystem.close(open.fd);
  }

  async #switchTo(segment: number): Promise<number> {
    if (this.#open?.segment === segment) return this.#open.fd;
    if (this.#open !== undefined) await this.#fileSystem.datasync(this.#open.fd);
    await this.#syncAside();
    this.close();
    this.#open = { segment, fd: this.#fileSystem.open(this.pathOf(segment)) };
    await this.#fileSystem.syncDirectory(this.#directory);
    return this.#open.fd;
  }

  #switchToSync({ segment }: Pick<Piece, 'segment'>): number {
    if (this.#open?.segment === segment) return this.#open.fd;
    if (this.#open !== undefined) this.#fileSystem.datasyncSync(this.#open.fd);
    this.#syncAsideSync();
    this.close();
    this.#open = { segment, fd: this.#fileSystem.open(this.pathOf(segment)) };
    this.#fileSystem.syncDirectorySync(this.#directory);
    return this.#open.fd;
  }

  /** A rewrite of what is already there never takes the end back. */
  #advance(batch: Batch, piece: Piece, done: number): void {
    const { segment } = piece;
    const whole = done === piece.end - piece.start ? done : batch.wholeRecords(piece, done);
    const offset = piece.fileOffset + whole;
    const end = this.#end;
    if (segment > end.segment || (segment === end.segment && offset > end.offset)) {
      this.#end = { segment, offset };
    }
  }
}
