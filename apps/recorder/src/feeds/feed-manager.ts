import type { L2Snapshot } from '@kr/orderbook';
import type { Client, SubscribeResult } from '@kr/ws';
import { type BookFeed, books } from '@kr/ws/book';
import { comparePlans, type PlanChange, type PlannedFeed } from './plan.ts';

/** Checksums compared so far. */
export interface ChecksumCount {
  readonly matched: number;
  readonly mismatched: number;
}

/** A book as it stands. */
export interface LiveBook {
  readonly depth: number;
  toSnapshot(): L2Snapshot;
}

/** What became of a subscription that was asked for. */
export interface FeedResult {
  readonly feed: PlannedFeed;
  readonly result: SubscribeResult;
}

export interface AppliedPlan extends PlanChange {
  /** One for each that was added, once each was acknowledged, refused or given up. Never fails. */
  readonly results: Promise<readonly FeedResult[]>;
}

interface Running {
  readonly feed: PlannedFeed;
  readonly results: Promise<SubscribeResult[]>;
  readonly book: BookFeed | undefined;
  close(): Promise<void>;
}

/**
 * Keeps a client at a plan. Each subscription is one of its own, so that one comes and goes without
 * a frame of the others being missed; what is begun together goes out in few requests all the same.
 */
export class FeedManager {
  readonly #client: Client;
  readonly #keepsBooks: boolean;
  readonly #resyncDelayMs: number | undefined;
  readonly #running = new Map<string, Running>();
  /** Of books that are not kept any more. */
  #past: ChecksumCount = { matched: 0, mismatched: 0 };

  constructor(client: Client, keepsBooks: boolean, resyncDelayMs: number | undefined) {
    this.#client = client;
    this.#keepsBooks = keepsBooks;
    this.#resyncDelayMs = resyncDelayMs;
  }

  get plan(): PlannedFeed[] {
    return [...this.#running.values()].map(({ feed }) => feed);
  }

  get symbols(): ReadonlySet<string> {
    return new Set(this.plan.flatMap(({ symbol }) => symbol ?? []));
  }

  get checksums(): ChecksumCount {
    let { matched, mismatched } = this.#past;
    for (const { book } of this.#running.values()) {
      if (book === undefined) continue;
      const { stats } = book;
      matched += stats.verified;
      mismatched += stats.mismatched;
    }
    return { matched, mismatched };
  }

  /** The L2 books that are verified now, by symbol; of two depths of one symbol the deeper. */
  get books(): ReadonlyMap<string, LiveBook> {
    const found = new Map<string, LiveBook>();
    for (const { feed, book } of this.#running.values()) {
      if (book === undefined || feed.channel !== 'book' || feed.symbol === undefined) continue;
      const state = book.get(feed.symbol);
      if (state.status !== 'verified') continue;
      if (state.book.depth > (found.get(feed.symbol)?.depth ?? 0)) {
        found.set(feed.symbol, state.book);
      }
    }
    return found;
  }

  /** @throws WsError `INVALID_PARAMS`, `CLOSED`, before anything was changed on the wire */
  apply(plan: readonly PlannedFeed[]): AppliedPlan {
    const change = comparePlans(this.plan, plan);
    const begun = change.added.map((feed) => this.#begin(feed));
    for (const feed of change.removed) this.#end(feed.key);
    return { ...change, results: this.#settle(begun) };
  }

  async #settle(begun: readonly Running[]): Promise<FeedResult[]> {
    const settled = await Promise.all(
      begun.map(async ({ feed, results }) => (await results).map((result) => ({ feed, result }))),
    );
    const flat = settled.flat();
    // Refused, and so off the list: whoever asks for it again begins it anew.
    for (const { feed, result } of flat) if (!result.success) this.#end(feed.key);
    return flat;
  }

  /** Books are kept, so that one whose checksum fails begins anew; of the rest the frames are enough. */
  #begin(feed: PlannedFeed): Running {
    const { channel, symbol, parameters } = feed;
    const running = this.#startOf(channel, symbol, parameters);
    const entry = { feed, ...running };
    this.#running.set(feed.key, entry);
    return entry;
  }

  #startOf(
    channel: string,
    symbol: string | undefined,
    parameters: Readonly<Record<string, unknown>>,
  ): Omit<Running, 'feed'> {
    const isBook = channel === 'book' || channel === 'level3';
    if (isBook && this.#keepsBooks && symbol !== undefined) {
      const depth = parameters['depth'] as number | undefined;
      const options = { symbol: [symbol], depth, delayMs: this.#resyncDelayMs };
      const book = books(this.#client, { channel, ...options }) as unknown as BookFeed;
      return { results: book.results, book, close: () => book.close() };
    }
    const wanted = { channel, ...parameters, symbol: symbol === undefined ? undefined : [symbol] };
    const listening = this.#client.listen<string>(wanted, {});
    return { results: listening.results, book: undefined, close: () => listening.close() };
  }

  #end(key: string): void {
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    const { book } = running;
    if (book !== undefined) {
      const { matched, mismatched } = this.#past;
      const { stats } = book;
      this.#past = {
        matched: matched + stats.verified,
        mismatched: mismatched + stats.mismatched,
      };
    }
    void running.close();
  }
}
