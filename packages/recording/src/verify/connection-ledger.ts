import { formatTimestamp } from '@kr/schemas/shared';
import { formatPlace, type Place } from '../format/damage.ts';
import type { GapLedger, Stretch } from '../read/gap-ledger.ts';
import type { FramePlace } from './frame-place.ts';
import type { Hole } from './verify-report.ts';

interface Connection {
  readonly id: number;
  readonly firstPlace: Place;
  readonly firstNs: bigint | undefined;
  /** Gap entries read when it began and when it was last heard of. */
  readonly firstEntry: number;
  lastEntry: number;
  /** Frames read, of all connections, when it began and when it was last heard of. */
  readonly firstFrame: number;
  lastFrame: number;
  lastNs: bigint | undefined;
  sequence: number | undefined;
}

interface Jump {
  readonly hole: Hole;
  readonly stretch: Stretch;
}

const SEQUENCE_REASONS: ReadonlySet<string> = new Set([
  'drop',
  'sequence',
  'disconnect',
  'restart',
]);
const CONNECTION_REASONS: ReadonlySet<string> = new Set(['disconnect', 'restart']);
/** Jumps that a later entry may still account for; those beyond are judged at once. */
const MAX_JUMPS = 10_000;

/**
 * Follows the connections of a recording. Numbers that jump, and a connection that took over from one
 * that had ended, are holes unless the gap ledger accounts for them; that is known at the end, because a
 * gap may be written down after the frames that follow it.
 */
export class ConnectionLedger {
  readonly #gaps: GapLedger;
  readonly #connections = new Map<number, Connection>();
  readonly #jumps: Jump[] = [];
  #uncovered = 0;
  #carriedOver = 0;
  #latest: Connection | undefined;
  #frames = 0;

  /** @param gaps is added to by others, in the order of the file. */
  constructor(gaps: GapLedger) {
    this.#gaps = gaps;
  }

  get count(): number {
    return this.#connections.size;
  }

  /** Connections up to this one began in segments that were deleted on purpose. */
  carryOver(lastConnectionId: number): void {
    this.#carriedOver = lastConnectionId;
  }

  isCarriedOver(connectionId: number): boolean {
    return connectionId <= this.#carriedOver;
  }

  /** Counts in a frame that came at `ns`; true when its connection is new. */
  onFrame(frame: FramePlace, ns: bigint | undefined): boolean {
    this.#frames += 1;
    const { connectionId, sequence } = frame;
    let connection = this.#latest;
    if (connection?.id !== connectionId) connection = this.#connections.get(connectionId);
    const isNew = connection === undefined;
    if (connection === undefined) {
      connection = this.#begin(frame);
      const isCut = sequence !== undefined && sequence > 0 && !this.isCarriedOver(connectionId);
      if (isCut) this.#jump(connection, frame, 0, this.#latest);
    } else if (sequence !== undefined && sequence !== (connection.sequence ?? -1) + 1) {
      this.#jump(connection, frame, (connection.sequence ?? -1) + 1, connection);
    }
    connection.sequence = sequence;
    connection.lastEntry = this.#gaps.entries;
    connection.lastFrame = this.#frames;
    connection.lastNs = ns;
    this.#latest = connection;
    return isNew;
  }

  /** The holes that no entry of the ledger accounts for; `unlisted` more are only counted. */
  findHoles(): { readonly holes: readonly Hole[]; readonly unlisted: number } {
    const jumps = this.#jumps.filter(
      ({ stretch }) => !this.#gaps.covers(SEQUENCE_REASONS, stretch),
    );
    const holes = [...jumps.map(({ hole }) => hole), ...this.#findTakeovers()];
    return { holes, unlisted: this.#uncovered };
  }

  /**
   * A connection that began after another had ended took its place. Of several that had ended it is the
   * first whose end is written down: the others may have been closed on purpose.
   */
  #findTakeovers(): Hole[] {
    const holes: Hole[] = [];
    const byEnd = [...this.#connections.values()].toSorted((a, b) => a.lastFrame - b.lastFrame);
    const ended: Connection[] = [];
    let running = 0;
    for (const next of this.#connections.values()) {
      for (; (byEnd[running]?.lastFrame ?? next.firstFrame) < next.firstFrame; running += 1) {
        ended.push(...byEnd.slice(running, running + 1));
      }
      const accounted = ended.findIndex((connection) => this.#isAccounted(connection, next));
      const [first] = ended.splice(Math.max(accounted, 0), 1);
      if (first === undefined || accounted !== -1) continue;
      holes.push({
        kind: 'connection',
        place: next.firstPlace,
        connectionId: next.id,
        ...timesOf(first.lastNs, next.firstNs),
        message: `Connection ${next.id} follows on connection ${first.id} (${formatPlace(next.firstPlace)}), and no gap accounts for the time between.`,
      });
    }
    return holes;
  }

  #isAccounted(ended: Connection, next: Connection): boolean {
    const stretch: Stretch = {
      connectionId: ended.id,
      fromEntry: ended.lastEntry,
      toEntry: next.firstEntry,
      fromNs: ended.lastNs,
      toNs: next.firstNs,
    };
    return this.#gaps.covers(CONNECTION_REASONS, stretch) || this.#gaps.endsConnection(stretch);
  }

  #begin(frame: FramePlace): Connection {
    const firstNs = frame.wallNs();
    const entries = this.#gaps.entries;
    const connection: Connection = {
      id: frame.connectionId,
      firstPlace: frame.place(),
      firstNs,
      firstEntry: entries,
      lastEntry: entries,
      firstFrame: this.#frames,
      lastFrame: this.#frames,
      lastNs: firstNs,
      sequence: undefined,
    };
    this.#connections.set(frame.connectionId, connection);
    return connection;
  }

  /** `before` came before the missing frames; for a connection's beginning, on another connection. */
  #jump(
    { id }: Connection,
    frame: FramePlace,
    expected: number,
    before: Connection | undefined,
  ): void {
    const toNs = frame.wallNs();
    const stretch: Stretch = {
      connectionId: id,
      fromEntry: before?.lastEntry ?? 0,
      toEntry: this.#gaps.entries,
      fromNs: before?.lastNs,
      toNs,
      isBeginning: expected === 0,
    };
    // A gap of its own is usually written down just before the next frame.
    if (this.#gaps.standsWithin(SEQUENCE_REASONS, stretch)) return;
    if (this.#jumps.length >= MAX_JUMPS) {
      if (!this.#gaps.covers(SEQUENCE_REASONS, stretch)) this.#uncovered += 1;
      return;
    }
    const found = frame.sequence ?? 0;
    const place = frame.place();
    const hole: Hole = {
      kind: 'sequence',
      place,
      connectionId: id,
      ...(found > expected ? { missing: found - expected } : {}),
      ...timesOf(before?.lastNs, toNs),
      message: `Connection ${id} jumps from frame ${expected} to ${found} (${formatPlace(place)}), and no gap says why.`,
    };
    this.#jumps.push({ hole, stretch });
  }
}

function timesOf(from: bigint | undefined, to: bigint | undefined): { from?: string; to?: string } {
  return {
    ...(from === undefined ? {} : { from: formatTimestamp(from) }),
    ...(to === undefined ? {} : { to: formatTimestamp(to) }),
  };
}
