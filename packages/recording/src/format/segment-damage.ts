import type { Damage, DamageKind } from './damage.ts';
import type { ScanDamage } from './record-scanner.ts';

/** The segment that something stands in. */
export interface SegmentPlace {
  readonly file: string;
  readonly segment: number;
}

/** Damage in a segment; the message is the file's name, the place and `text`. */
export function segmentDamage(
  { file, segment }: SegmentPlace,
  kind: DamageKind,
  text: string,
  where: {
    readonly offset?: number;
    readonly bytes?: number;
    readonly recordsLost?: number | undefined;
  },
): Damage {
  const { offset = 0, bytes = 0, recordsLost } = where;
  const range = bytes > 0 ? ` (offset ${offset} to ${offset + bytes})` : ` (offset ${offset})`;
  return {
    kind,
    file,
    segment,
    offset,
    bytes,
    ...(recordsLost === undefined ? {} : { recordsLost }),
    message: `${file}${range} ${text}.`,
  };
}

/** A stretch without a valid record, with what it cost as far as that is known. */
export function unreadableDamage(
  place: SegmentPlace,
  { offset, bytes }: ScanDamage,
  recordsLost: number | undefined,
): Damage {
  const lost = countLost(recordsLost);
  return bytes === 0
    ? segmentDamage(place, 'records-missing', `lacks records that once stood here: ${lost}`, {
        offset,
        recordsLost,
      })
    : segmentDamage(place, 'unreadable', `is damaged: ${lost}`, { offset, bytes, recordsLost });
}

function countLost(count: number | undefined): string {
  if (count === undefined) return 'an unknown number of records is lost';
  return count === 1 ? '1 record is lost' : `${count} records are lost`;
}
