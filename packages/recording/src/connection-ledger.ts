import { formatTimestamp } from '@kr/schemas/shared';
import { formatPlace, type Place } from './damage.ts';
import type { FramePlace } from './frame-place.ts';
import type { GapLedger } from './gap-ledger.ts';
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
  readonly hole: Omit<Hole, 'message'>;
  readonly expected: number;
  readonly found: number;
  readonly fromEntry: number;
  readonly toEntry: number;
  readonly fromNs: bigint | undefined;
  readonly toNs: bigint | undefined;
}

const SEQUENCE_REASONS: ReadonlySet<string> = new Set([
  'drop',
  'sequence',
  'disconnect',
  'restart',
]);
const CONNECTION_REASONS: ReadonlySet<string> = new Set(['disconnect', 'restart']);
const MAX_JUMPS = 10_000;

/**
 * Follows the connections of a recording. Numbers that jump, and a connection that took over from one
 * that had ended, are holes unless the gap ledger accounts for them; that is known at the end, because a
 * gap may be written down after the frames that follow it.
 */
export class ConnectionLedger {
  readonly #connections = new Map<number, Connection>();
  readonly #jumps: Jump[] = [];
  #latest: Connection | undefined;
  #frames = 0;

  get count(): number {
    return this.#connections.size;
  }

  /** Counts in a frame that came at `ns`; true when its connection is new. */
  onFrame(frame: FramePlace, ns: bigint | undefined, entries: number): boolean {
    this.#frames += 1;
    const { connectionId, sequence } = frame;
    let connection = this.#latest;
    if (connection?.id !== connectionId) connection = this.#connections.get(connectionId);
    const isNew = connection === undefined;
    if (connection === undefined) {
      connection = this.#begin(frame, entries);
      if (sequence !== undefined && sequence > 0) this.#jump(connection, frame, 0, entries);
    } else if (sequence !== undefined && sequence !== (connection.sequence ?? -1) + 1) {
      this.#jump(connection, frame, (connection.sequence ?? -1) + 1, entries);
    }
    connection.sequence = sequence;
    connection.lastEntry = entries;
    connection.lastFrame = this.#frames;
    connection.lastNs = ns;
    this.#latest = connection;
    return isNew;
  }

  /** The holes that no entry of the ledger accounts for. */
  findHoles(gaps: GapLedger): Hole[] {
    const jumps = this.#jumps.flatMap((jump) => {
      const { hole, expected, found, fromEntry, toEntry } = jump;
      const ids = [hole.connectionId];
      const covered = gaps.covers(SEQUENCE_REASONS, {
        ...stretchOf(jump.fromNs, jump.toNs),
        fromEntry,
        toEntry,
        connectionIds: ids,
      });
      if (covered) return [];
      const message = `Connection ${hole.connectionId} jumps from frame ${expected} to ${found} (${formatPlace(hole.place)}), and no gap says why.`;
      return [{ ...hole, message }];
    });
    return [...jumps, ...this.#findTakeovers(gaps)];
  }

  /** A connection that began after another had ended took its place. */
  #findTakeovers(gaps: GapLedger): Hole[] {
    const holes: Hole[] = [];
    const waiting = [...this.#connections.values()].toSorted((a, b) => a.lastFrame - b.lastFrame);
    for (const next of this.#connections.values()) {
      const ended = waiting[0];
      if (ended === undefined || ended.lastFrame >= next.firstFrame) continue;
      waiting.shift();
      const covered = gaps.covers(CONNECTION_REASONS, {
        ...stretchOf(ended.lastNs, next.firstNs),
        fromEntry: ended.lastEntry,
        toEntry: next.firstEntry,
        connectionIds: [ended.id],
      });
      if (covered) continue;
      holes.push({
        kind: 'connection',
        place: next.firstPlace,
        connectionId: next.id,
        ...timesOf(ended.lastNs, next.firstNs),
        message: `Connection ${next.id} follows on connection ${ended.id} (${formatPlace(next.firstPlace)}), and no gap accounts for the time between.`,
      });
    }
    return holes;
  }

  #begin(frame: FramePlace, entries: number): Connection {
    const firstNs = frame.wallNs();
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

  #jump(connection: Connection, frame: FramePlace, expected: number, entries: number): void {
    if (this.#jumps.length >= MAX_JUMPS) return;
    const found = frame.sequence ?? 0;
    const toNs = frame.wallNs();
    this.#jumps.push({
      hole: {
        kind: 'sequence',
        place: frame.place(),
        connectionId: connection.id,
        ...(found > expected ? { missing: found - expected } : {}),
        ...timesOf(connection.lastNs, toNs),
      },
      expected,
      found,
      fromEntry: connection.lastEntry,
      toEntry: entries,
      fromNs: connection.lastNs,
      toNs,
    });
  }
}

function timesOf(from: bigint | undefined, to: bigint | undefined): { from?: string; to?: string } {
  return {
    ...(from === undefined ? {} : { from: formatTimestamp(from) }),
    ...(to === undefined ? {} : { to: formatTimestamp(to) }),
  };
}

function stretchOf(
  from: bigint | undefined,
  to: bigint | undefined,
): { readonly fromNs: bigint | undefined; readonly toNs: bigint | undefined } {
  return { fromNs: from, toNs: to };
}
