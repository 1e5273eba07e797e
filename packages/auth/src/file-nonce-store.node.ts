import { createHash, randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthError, isAuthError } from './auth-error.ts';
import type { Timers } from './clock.ts';
import {
  DEFAULT_MAX_WAITING,
  type NonceStore,
  type NonceTurn,
  type TakeOptions,
} from './nonce-store.ts';
import { Presence, type Watch, watchOwner } from './presence.node.ts';
import { assertPrivateDirectory } from './private-file.node.ts';
import { TurnFiles, type TurnRecord } from './turn-files.node.ts';
import { TurnQueue } from './turn-queue.ts';

export interface FileNonceStoreOptions {
  /** Created when missing; one directory serves any number of keys. On a local disk. */
  readonly directory: string;
  /** The API key. File names have a hash of it. */
  readonly key: string;
  /** `globalThis` will do. */
  readonly timers: Timers;
  /** Callers of this process that may wait at once; one more is refused. @defaultValue 10000 */
  readonly maxWaiting?: number | undefined;
}

export interface FileNonceStore extends NonceStore {
  /** How many other stores wait for the turn that is held here. */
  readonly waitingElsewhere: number;
  /** Waits for the turn that runs, and removes this process's files. The nonce stays remembered. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Remembers a key's highest nonce in a file, for any number of processes on one machine: no nonce
 * is given out twice or out of order, by whichever process and after whatever restart, and a turn
 * that is held (`withNonce`) is held against all of them. A process that dies while it holds the
 * turn frees it by dying. Opens nothing before the first nonce is taken.
 *
 * Nothing is synced to the disk: after a power cut the clock alone counts, which is then ahead of
 * every nonce unless it was set back too.
 */
export function createFileNonceStore(options: FileNonceStoreOptions): FileNonceStore {
  return new FileStore(options);
}

class FileStore implements FileNonceStore {
  readonly #directory: string;
  readonly #timers: Timers;
  readonly #turns: TurnQueue;
  readonly #token = randomBytes(6).toString('hex');
  readonly #files: TurnFiles;
  #presence: Presence | undefined;
  #opened = false;
  /** The last turn that ended here. */
  #released = 0;
  #closed = false;

  constructor({ directory, key, timers, maxWaiting = DEFAULT_MAX_WAITING }: FileNonceStoreOptions) {
    const id = createHash('sha256').update(key).digest('hex').slice(0, 16);
    this.#directory = join(directory, id);
    this.#files = new TurnFiles(this.#directory, this.#token);
    this.#timers = timers;
    this.#turns = new TurnQueue(maxWaiting);
  }

  get waiting(): number {
    return this.#turns.waiting;
  }

  get waitingElsewhere(): number {
    return this.#presence?.waiting ?? 0;
  }

  async take(
    mint: (highest: bigint | undefined) => bigint,
    options: TakeOptions,
  ): Promise<NonceTurn> {
    const leave = await this.#turns.enter(options.signal);
    try {
      await this.#open(options.hold);
      const record = await this.#claim(mint, options);
      const nonce = record.nonce as bigint;
      if (!options.hold) leave();
      return { nonce, release: () => this.#release(record, leave) };
    } catch (error) {
      this.#presence?.release();
      leave();
      throw this.#wrap(error, options.signal);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const leave = await this.#turns.enter();
    try {
      await this.#presence?.close();
      if (this.#opened) await this.#files.close();
    } finally {
      leave();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #open(hold: boolean): Promise<void> {
    if (this.#closed) {
      throw new AuthError('NONCE_STORE_CLOSED', 'The nonce store is closed. Create a new one.');
    }
    if (!this.#opened) {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      assertPrivateDirectory(this.#directory, await stat(this.#directory));
      this.#opened = true;
    }
    if (hold) this.#presence ??= await Presence.listen(this.#directory, this.#token);
  }

  async #claim(
    mint: (highest: bigint | undefined) => bigint,
    { hold, signal }: TakeOptions,
  ): Promise<TurnRecord> {
    await this.#presence?.giveWay(this.#timers);
    let watch: Watch | undefined;
    /** A turn that its holder left without saying so: it died, or could not write that it ended. */
    let abandoned: number | undefined;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const top = await this.#files.top();
        const isFree =
          top?.owner === undefined || top.owner === this.#token || top.generation === abandoned;
        if (isFree) {
          const record = {
            generation: (top?.generation ?? 0) + 1,
            nonce: mint(top?.nonce),
            owner: hold ? this.#token : undefined,
          };
          if (hold) this.#presence?.hold();
          if (await this.#files.claim(record)) return record;
          if (hold) this.#presence?.release();
          continue;
        }
        watch?.close();
        watch = await watchOwner(this.#directory, top.owner);
        // The turn may have ended before we were connected, and then nobody would tell us.
        if (watch !== undefined && (await this.#isTop(top))) await untilEnded(watch, signal);
        if (await this.#isTop(top)) abandoned = top.generation;
      }
    } finally {
      watch?.close();
    }
  }

  async #isTop({ generation, owner }: TurnRecord): Promise<boolean> {
    const top = await this.#files.top();
    return top?.generation === generation && top.owner === owner;
  }

  async #release(record: TurnRecord, leave: () => void): Promise<void> {
    if (record.owner === undefined || this.#released >= record.generation) return;
    this.#released = record.generation;
    try {
      await this.#files.release(record.generation);
    } catch (error) {
      throw this.#wrap(error, undefined);
    } finally {
      this.#presence?.release();
      leave();
    }
  }

  #wrap(cause: unknown, signal: AbortSignal | undefined): unknown {
    const { code } = cause as NodeJS.ErrnoException;
    const isOurs = isAuthError(cause) || (signal?.aborted === true && cause === signal.reason);
    if (isOurs || typeof code !== 'string') return cause;
    return new AuthError(
      'NONCE_STORE_FAILED',
      `The nonce files in ${this.#directory} cannot be used (${code}). They belong on a local disk with hard links and sockets.`,
      { path: this.#directory },
      { cause },
    );
  }
}

async function untilEnded(watch: Watch, signal: AbortSignal | undefined): Promise<void> {
  // Closing our end ends the watch; the caller then sees the signal.
  const handleAbort = () => {
    watch.close();
  };
  signal?.addEventListener('abort', handleAbort);
  if (signal?.aborted === true) handleAbort();
  await watch.ended;
  signal?.removeEventListener('abort', handleAbort);
}
