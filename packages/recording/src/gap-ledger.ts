import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import type { Place } from './damage.ts';
import { isObject, parseJson } from './segment-header.ts';

/** A gap and where it was (last) written down. */
export interface RecordedGap extends GapEvent {
  readonly place: Place;
}

/** A stretch in time and in the order of the file. */
export interface Stretch {
  readonly fromNs: bigint | undefined;
  readonly toNs: bigint | undefined;
  /** Counts of entries seen in the ledger before and after the stretch. */
  readonly fromEntry: number;
  readonly toEntry: number;
  readonly connectionIds: readonly number[];
}

/**
 * The gaps of a recording. A journal only grows, so an entry without `to` is closed by a later one with
 * the same reason, `from`, channel and symbols; both are one gap.
 */
export class GapLedger {
  readonly #gaps = new Map<string, { gap: RecordedGap; entry: number }[]>();
  #entries = 0;

  /** How many entries were added, the closing ones included. */
  get entries(): number {
    return this.#entries;
  }

  add(gap: GapEvent, place: Place): void {
    const key = JSON.stringify([gap.reason, gap.from, gap.channel, [...gap.symbols].toSorted()]);
    const same = this.#gaps.get(key) ?? [];
    const last = same.at(-1);
    const added = { gap: { ...gap, place }, entry: this.#entries };
    this.#entries += 1;
    if (last !== undefined && last.gap.to === undefined) same[same.length - 1] = added;
    else same.push(added);
    this.#gaps.set(key, same);
  }

  /** Every gap once, in the order in which they were last written. */
  list(): RecordedGap[] {
    return [...this.#gaps.values()]
      .flat()
      .toSorted((a, b) => a.entry - b.entry)
      .map(({ gap }) => gap);
  }

  /** Does an entry with one of `reasons` account for the stretch: by connection, by place, or by time? */
  covers(reasons: ReadonlySet<string>, stretch: Stretch): boolean {
    for (const same of this.#gaps.values()) {
      for (const { gap, entry } of same) {
        if (!reasons.has(gap.reason)) continue;
        if (entry >= stretch.fromEntry && entry < stretch.toEntry) return true;
        if (gap.connectionId !== undefined && stretch.connectionIds.includes(gap.connectionId)) {
          return true;
        }
        if (overlaps(gap, stretch)) return true;
      }
    }
    return false;
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

function overlaps(gap: GapEvent, { fromNs, toNs }: Stretch): boolean {
  if (fromNs === undefined || toNs === undefined) return false;
  const from = gap.from === undefined ? undefined : parseTimestamp(gap.from);
  const to = gap.to === undefined ? undefined : parseTimestamp(gap.to);
  if (from === undefined && to === undefined) return false;
  return (from === undefined || from < toNs) && (to === undefined || to > fromNs);
}
