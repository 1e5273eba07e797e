import { formatSealedLine, parseSealedLine } from './sealed-line.ts';

/** A place in a segment from which records can be read, with what came before it. */
export interface TimeMark {
  readonly offset: number;
  readonly ordinal: number;
  /** The latest wall clock of any frame before this place; `undefined` before the first. */
  readonly latestNs: bigint | undefined;
}

/** How far the marks of an index are apart, at least: what a seek reads at most, and one record. */
const STEP_BYTES = 256 * 1024;

/** The index of `segment-000001.krj` is `segment-000001.krx`. */
export function timeIndexName(segmentFile: string): string {
  return segmentFile.replace(/\.krj$/, '.krx');
}

/** Makes the marks of one segment from its frames, in their order. */
export class TimeIndexBuilder {
  readonly marks: TimeMark[] = [];
  /** Of the first frame, and the latest of all. */
  fromNs: bigint | undefined;
  latestNs: bigint | undefined;
  #nextAt = 0;

  add(offset: number, ordinal: number, wallNs: bigint): void {
    if (offset >= this.#nextAt) {
      this.marks.push({ offset, ordinal, latestNs: this.latestNs });
      this.#nextAt = offset + STEP_BYTES;
    }
    this.fromNs ??= wallNs;
    if (this.latestNs === undefined || wallNs > this.latestNs) this.latestNs = wallNs;
  }
}

/** The text of an index file; `bytes` is the length of the segment that it is of. */
export function formatTimeIndex(bytes: number, marks: readonly TimeMark[]): string {
  const rows = marks.map(({ offset, ordinal, latestNs }) => [
    offset,
    ordinal,
    latestNs === undefined ? null : String(latestNs),
  ]);
  return `${formatSealedLine({ format: 'kr-time-index', bytes, marks: rows })}\n`;
}

/** The marks in an index file, or `undefined` when it is damaged or of another state of the segment. */
export function parseTimeIndex(text: string, bytes: number): readonly TimeMark[] | undefined {
  const value = text.endsWith('\n') ? parseSealedLine(text.slice(0, -1)) : undefined;
  if (value?.['format'] !== 'kr-time-index' || value['bytes'] !== bytes) return undefined;
  const rows = value['marks'] as readonly (readonly [number, number, string | null])[];
  return rows.map(([offset, ordinal, latest]) => ({
    offset,
    ordinal,
    latestNs: latest === null ? undefined : BigInt(latest),
  }));
}

/**
 * The last mark before the first frame, in the order of the file, that came at `ns` or later. The latest
 * time so far only grows, also over a wall clock that was set back.
 */
export function findMark(marks: readonly TimeMark[], ns: bigint): TimeMark | undefined {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const latest = marks[middle]?.latestNs;
    if (latest === undefined || latest < ns) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}
