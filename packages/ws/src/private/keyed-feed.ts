import type { GapEvent } from '@kr/schemas/shared';
import type { FrameEvent, LaneEvent, Listening } from '../client/client.ts';
import { abortError, WsError } from '../errors.ts';
import type { AccountClient } from './account-client.ts';
import { AccountState, type AccountStatus, type AccountStatusEvent } from './account-status.ts';

/** What a message makes of what is known. */
export interface Applied<T, Entry> {
  readonly all: Map<string, T>;
  /** All that is, whatever was known before. */
  readonly isWhole: boolean;
  readonly changes: readonly (readonly [value: T, entry: Entry | undefined])[];
}

export interface KeyedFeedOptions<T, Entry> {
  /** For messages: `balances`. */
  readonly what: string;
  readonly channel: string;
  /** A text: it says nothing that can be taken, and why. `undefined`: it changes nothing. */
  readonly apply: (
    message: unknown,
    known: ReadonlyMap<string, T> | undefined,
  ) => Applied<T, Entry> | string | undefined;
  /** `entry` is what changed it, where something says so. */
  readonly onChange: (value: T, entry: Entry | undefined) => void;
  readonly onStatus: ((event: AccountStatusEvent) => void) | undefined;
  readonly onGap: ((gap: GapEvent) => void) | undefined;
}

/** What one has, by its name: kept from a snapshot and what changes it, and called `broken` when it may be old. */
export class KeyedFeed<T, Entry> {
  readonly #client: AccountClient;
  readonly #options: KeyedFeedOptions<T, Entry>;
  readonly #state: AccountState;
  readonly #listening: Listening;
  /** With two connections each keeps its own: which of two changes is the later, nothing tells. */
  readonly #lanes = new Map<number, ReadonlyMap<string, T>>();
  #front = 0;
  #endError: WsError | undefined;

  constructor(client: AccountClient, options: KeyedFeedOptions<T, Entry>) {
    this.#client = client;
    this.#options = options;
    const { what, channel, onStatus, onGap } = options;
    this.#state = new AccountState(
      (event) => onStatus?.(event),
      () => this.#endError ?? closedFeed(what),
    );
    this.#listening = client.listen(
      { channel },
      {
        onFrame: (event) => {
          this.#handleFrame(event);
        },
        onLane: (event) => {
          this.#handleLane(event);
        },
        onGap,
        onEnded: ({ error }) => {
          this.#end(error);
        },
      },
    );
  }

  get status(): AccountStatus {
    return this.#state.status;
  }

  get all(): readonly T[] {
    return [...(this.#lanes.get(this.#front)?.values() ?? [])];
  }

  get(key: string): T | undefined {
    return this.#lanes.get(this.#front)?.get(key);
  }

  live({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    const what = `Waiting for the ${this.#options.what}`;
    return this.#state.live(signal, (fired) => abortError(what, fired));
  }

  async close(): Promise<void> {
    await this.#listening.close();
    this.#end(undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handleFrame({ frame, isSnapshot, lane }: FrameEvent): void {
    const message = this.#client.read(frame);
    if (message === undefined) {
      const detail = 'a message could not be read';
      // A snapshot says it again, unless that is what cannot be read.
      if (!isSnapshot) this.#listening.renew(undefined, { lane, reason: 'drop', detail });
      else this.#break(lane, detail);
      return;
    }
    const applied = this.#options.apply(message, this.#lanes.get(lane));
    if (typeof applied === 'string') this.#break(lane, applied);
    else if (applied !== undefined) this.#handleApplied(applied, lane);
  }

  #handleApplied({ all, isWhole, changes }: Applied<T, Entry>, lane: number): void {
    this.#lanes.set(lane, all);
    if (this.status !== 'live' && isWhole) {
      this.#front = lane;
      this.#tellAll();
      this.#state.turn('live', 'the snapshot is here');
    } else if (lane === this.#front) {
      for (const [value, entry] of changes) this.#options.onChange(value, entry);
    }
  }

  #handleLane({ lane, loss }: LaneEvent): void {
    if (loss === undefined || this.status === 'starting') return;
    const [next] = [...this.#lanes.keys()].filter((other) => other !== lane);
    if (lane !== this.#front || next !== undefined) this.#lanes.delete(lane);
    if (lane !== this.#front) return;
    if (next === undefined) {
      // The old ones stay to be seen, and are called what they are.
      this.#break(lane, loss.detail);
      return;
    }
    this.#front = next;
    this.#tellAll();
  }

  #tellAll(): void {
    for (const value of this.all) this.#options.onChange(value, undefined);
  }

  #break(lane: number, detail: string): void {
    if (lane === this.#front) this.#state.turn('broken', detail);
  }

  #end(error: WsError | undefined): void {
    this.#endError = error;
    this.#state.turn('ended', error?.message ?? 'the feed was closed');
  }
}

function closedFeed(what: string): WsError<'CLOSED'> {
  return new WsError('CLOSED', `The feed of the ${what} was closed. Create a new one.`, { what });
}
