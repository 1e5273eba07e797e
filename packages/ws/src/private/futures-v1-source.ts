import type { Execution } from '@kr/schemas';
import type { FuturesFrame } from '@kr/schemas/futures-ws';
import type { LaneEvent, Listening } from '../client/client.ts';
import type { AccountClient } from './account-client.ts';
import type { ExecutionListener, ExecutionSource, Reports } from './execution-source.ts';
import { rowOfEnd, rowOfFill, rowOfOrder } from './futures-v1-rows.ts';

const FEEDS = ['open_orders', 'fills'] as const;
type Feed = (typeof FEEDS)[number];

/** What of one connection is here. */
class Lane {
  readonly whole = new Set<Feed>();
  /** Rows of the snapshots that came since the last that was handed on. */
  readonly snapshots = new Map<Feed, readonly Execution[]>();
  /** What came after one of both and before the other. */
  early: Reports[] = [];
}

/**
 * The feeds `open_orders` and `fills` of futures v1 as one: a snapshot is both of theirs, and a break of
 * either begins both anew, for only together do they tell what became of an order.
 */
export class FuturesV1Source implements ExecutionSource {
  /** Nothing is documented; what was seen is a hundred. */
  readonly snapshotFills = 100;
  readonly #client: AccountClient;
  readonly #listener: ExecutionListener;
  readonly #listenings: ReadonlyMap<Feed, Listening>;
  readonly #lanes = new Map<number, Lane>();
  #isOver = false;

  constructor(client: AccountClient, listener: ExecutionListener) {
    this.#client = client;
    this.#listener = listener;
    this.#listenings = new Map(FEEDS.map((feed) => [feed, this.#listen(feed)]));
  }

  renew(lane: number, detail: string): void {
    for (const listening of this.#listenings.values()) {
      listening.renew(undefined, { lane, reason: 'drop', detail });
    }
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#listenings.values()].map((listening) => listening.close()));
  }

  #listen(feed: Feed): Listening {
    return this.#client.listen(
      { channel: feed },
      {
        onFrame: ({ frame, isSnapshot, lane }) => {
          const message = this.#client.read(frame) as FuturesFrame | undefined;
          if (message === undefined) {
            this.#listener.onUnreadable(isSnapshot, lane);
            return;
          }
          const { receivedAt } = frame;
          const rows = rowsOf(message);
          if (isSnapshot) this.#handleSnapshot(feed, { rows, isSnapshot, lane, receivedAt });
          else this.#handleUpdate({ rows, isSnapshot, lane, receivedAt });
        },
        onLane: (event) => {
          this.#handleLane(feed, event);
        },
        onGap: this.#listener.onGap,
        onEnded: ({ error }) => {
          if (this.#isOver) return;
          this.#listener.onEnded(error);
          void this.close();
        },
      },
    );
  }

  #handleSnapshot(feed: Feed, reports: Reports): void {
    const lane = this.#laneOf(reports.lane);
    lane.snapshots.set(feed, reports.rows);
    if (lane.snapshots.size < FEEDS.length) return;
    const rows = FEEDS.flatMap((each) => lane.snapshots.get(each) ?? []);
    const { early } = lane;
    lane.snapshots.clear();
    lane.early = [];
    this.#listener.onReports({ ...reports, rows });
    for (const update of early) this.#listener.onReports(update);
  }

  #handleUpdate(reports: Reports): void {
    const lane = this.#laneOf(reports.lane);
    if (lane.snapshots.size > 0) lane.early.push(reports);
    else this.#listener.onReports(reports);
  }

  #handleLane(feed: Feed, { lane: index, loss }: LaneEvent): void {
    const lane = this.#laneOf(index);
    if (loss === undefined) {
      lane.whole.add(feed);
      if (lane.whole.size === FEEDS.length) this.#listener.onLane({ lane: index, loss });
      return;
    }
    lane.whole.delete(feed);
    lane.snapshots.clear();
    lane.early = [];
    this.#listener.onLane({ lane: index, loss });
    const { reason, detail } = loss;
    for (const other of lane.whole) {
      this.#listenings.get(other)?.renew(undefined, { lane: index, reason, detail });
    }
  }

  #laneOf(index: number): Lane {
    const lane = this.#lanes.get(index) ?? new Lane();
    this.#lanes.set(index, lane);
    return lane;
  }
}

function rowsOf(message: FuturesFrame): readonly Execution[] {
  const { feed } = message;
  if (feed === 'fills_snapshot' || feed === 'fills') return message.fills.map(rowOfFill);
  if (feed === 'open_orders_snapshot') return message.orders.map((order) => rowOfOrder(order));
  if (feed !== 'open_orders') return [];
  const { order, reason } = message;
  const row = order === undefined ? rowOfEnd(message) : rowOfOrder(order, reason);
  return row === undefined ? [] : [row];
}
