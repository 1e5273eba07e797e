import { isObject, parseJson } from './segment-header.ts';

/** The last record of a segment that was closed in order. */
export interface SegmentEnd {
  /** `rotate`: the next segment follows at once; `close`: the writer was closed. */
  readonly reason: 'rotate' | 'close';
  /** Records before this one, the header included. */
  readonly records: number;
  readonly frames: number;
  readonly gaps: number;
  /** Bytes before this record. */
  readonly bytes: number;
}

/** The payload of an end record, or `undefined` when it is none. */
export function parseSegmentEnd(payload: Uint8Array): SegmentEnd | undefined {
  const value = parseJson(payload);
  if (!isObject(value)) return undefined;
  const { reason } = value;
  if (reason !== 'rotate' && reason !== 'close') return undefined;
  const counts = ['records', 'frames', 'gaps', 'bytes'];
  return counts.every((key) => Number.isSafeInteger(value[key]))
    ? (value as unknown as SegmentEnd)
    : undefined;
}
