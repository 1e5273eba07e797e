import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import type { Place } from '../format/damage.ts';
import { isObject, parseJson } from '../format/segment-header.ts';

/** A gap and where it was (last) written down. */
export interface RecordedGap extends GapEvent {
  readonly place: Place;
}

/** What is missing between two frames, in the order of the file and in time. */
export interface Stretch {
  /** Of the frame before. */
  readonly connectionId: number;
  /** Counts of entries seen in the ledger at the frame before and at the frame after. */
  readonly fromEntry: number;
  readonly toEntry: number;
  /** When the two frames came. */
  readonly fromNs: bigint | undefined;
  readonly toNs: bigint | undefined;
  /** No frame of the connection came before: a gap of its own lies within wherever it stands before. */
  readonly isBeginning?: boolean;
  /** Of what is missing, where that is of one symbol: a gap of others alone does not account for it. */
  readonly symbol?: string;
}

interface Item {
  gap: RecordedGap;
  /** The entry that opened it, and the last that was written of it. */
  readonly opened: number;
  entry: number;
  /** Only of a gap that is closed. */
  fromNs: bigint | undefined;
  toNs: bigint | undefined;
}

/**
 * The gaps of a recording. A journal only grows, so an entry without `to` is closed by a later one with
 * the same reason, `from`, channel, connection and symbols; both are one gap. Each restart is a gap of its own, also
 * where several begin at one last frame; the first frame after them closes all of these.
 */
export class GapLedger {
  readonly #byKey = new Map<string, Item[]>();
  /** In the order of their opening: those that name a connection, and those that speak of every one. */
  readonly #byConnection = new Map<number, Item[]>();
  readonly #ofEvery: Item[] = [];
  #entries = 0;

  /** How many entries were added, the closing ones included. */
  get entries(): number {
    return this.#entries;
  }

  add(gap: GapEvent, place: Place): void {
    const entry = this.#entries;
    this.#entries += 1;
    const { reason, from, channel, connectionId } = gap;
    const key = JSON.stringify([reason, from, channel, connectionId, gap.symbols.toSorted()]);
    const same = this.#byKey.get(key) ?? [];
    this.#byKey.set(key, same);
    const isRestart = reason === 'restart';
    const last = same.at(-1);
    if (last === undefined || last.gap.to !== undefined || (isRestart && gap.to === undefined)) {
      this.#open(same, gap, place, entry);
      return;
    }
    last.gap = { ...gap, place };
    last.entry = entry;
    noteTimes(last);
    // Only restarts stand open one behind the other.
    for (let at = same.length - 2; at >= 0; at -= 1) {
      const earlier = same[at];
      if (earlier === undefined || earlier.gap.to !== undefined) break;
      earlier.gap = { ...earlier.gap, to: gap.to };
      noteTimes(earlier);
    }
  }

  /** Every gap once, in the order in which they were last written. */
  list(): RecordedGap[] {
    return [...this.#byKey.values()]
      .flat()
      .toSorted((a, b) => a.entry - b.entry)
      .map(({ gap }) => gap);
  }

  /**
   * Was a gap with one of `reasons` written down between the two frames? It must be of their connection, a
   * restart, or of every connection. True stays true, whatever is added later.
   */
  standsWithin(reasons: ReadonlySet<string>, stretch: Stretch): boolean {
    const isWithin = (items: readonly Item[], fromEntry: number): boolean => {
      for (let at = items.length - 1; at >= 0; at -= 1) {
        const item = items[at];
        if (item === undefined || item.opened < fromEntry) return false;
        if (item.opened >= stretch.toEntry || !reasons.has(item.gap.reason)) continue;
        if (speaksOf(item, stretch)) return true;
      }
      return false;
    };
    const own = this.#byConnection.get(stretch.connectionId) ?? [];
    return (
      isWithin(own, stretch.isBeginning === true ? 0 : stretch.fromEntry) ||
      isWithin(this.#ofEvery, stretch.fromEntry)
    );
  }

  /** As {@link standsWithin}, or a closed gap whose times lie between the two frames, written anywhere. */
  covers(reasons: ReadonlySet<string>, stretch: Stretch): boolean {
    if (this.standsWithin(reasons, stretch)) return true;
    const isWithin = (items: readonly Item[], within: Stretch): boolean =>
      items.some(
        (item) =>
          reasons.has(item.gap.reason) && liesWithin(item, within) && speaksOf(item, stretch),
      );
    const own = this.#byConnection.get(stretch.connectionId) ?? [];
    return (
      isWithin(own, stretch.isBeginning === true ? { ...stretch, fromNs: undefined } : stretch) ||
      isWithin(this.#ofEvery, stretch)
    );
  }

  /**
   * Does a gap of the connection begin between the two frames, whenever it was written down and however
   * long it went on? What misses numbers of a book tells so after the frame that shows it.
   */
  beginsWithin(reasons: ReadonlySet<string>, stretch: Stretch): boolean {
    const { fromNs, toNs } = stretch;
    if (fromNs === undefined || toNs === undefined) return false;
    return (this.#byConnection.get(stretch.connectionId) ?? []).some((item) => {
      const { reason, from } = item.gap;
      if (!reasons.has(reason) || from === undefined || !speaksOf(item, stretch)) return false;
      const ns = parseTimestamp(from);
      return ns !== undefined && ns >= fromNs && ns <= toNs;
    });
  }

  /** Is the end of a connection written down, at whatever place behind its last frame? */
  endsConnection(stretch: Stretch): boolean {
    return (this.#byConnection.get(stretch.connectionId) ?? []).some(
      (item) =>
        item.gap.reason === 'disconnect' &&
        item.opened >= stretch.fromEntry &&
        (item.toNs === undefined || liesWithin(item, stretch)),
    );
  }

  #open(same: Item[], gap: GapEvent, place: Place, entry: number): void {
    const item: Item = {
      gap: { ...gap, place },
      opened: entry,
      entry,
      fromNs: undefined,
      toNs: undefined,
    };
    noteTimes(item);
    same.push(item);
    if (gap.connectionId === undefined || gap.reason === 'restart') {
      this.#ofEvery.push(item);
      return;
    }
    const own = this.#byConnection.get(gap.connectionId) ?? [];
    own.push(item);
    this.#byConnection.set(gap.connectionId, own);
  }
}

/** The payload of a gap record, or `undefined` when it is none. */
export function parseGap(payload: Uint8Array): GapEvent | undefined {
  const value = parseJson(payload);
  if (!isObject(value)) return undefined;
  const { reason, symbols, repaired } = value;
  const sound =
    typeof reason === 'string' && Array.isArray(symbols) && typeof repaired === 'boolean';
  return sound ? (value as unknown as GapEvent) : undefined;
}

/** An open gap reaches no further than the next frame: only its place says where it lies. */
function noteTimes(item: Item): void {
  const { from, to } = item.gap;
  if (to === undefined) return;
  item.fromNs = from === undefined ? undefined : parseTimestamp(from);
  item.toNs = parseTimestamp(to);
}

/** A gap that names no symbol is of all. */
function speaksOf({ gap }: Item, { symbol }: Stretch): boolean {
  return symbol === undefined || gap.symbols.length === 0 || gap.symbols.includes(symbol);
}

/** A stretch without a beginning reaches back to the first frame of all. */
function liesWithin({ fromNs, toNs }: Item, stretch: Stretch): boolean {
  if (fromNs === undefined || toNs === undefined || stretch.toNs === undefined) return false;
  return (stretch.fromNs === undefined || fromNs >= stretch.fromNs) && toNs <= stretch.toNs;
}
