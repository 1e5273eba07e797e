import type { Place } from '../format/damage.ts';

/** Where a frame stands and when it came: asked for only when there is something to say of it. */
export interface FramePlace {
  readonly connectionId: number;
  /** Absent where the file does not number its frames. */
  readonly sequence: number | undefined;
  /** Absent for NDJSON. */
  readonly segment: number | undefined;
  place(): Place;
  /** When it was received; `undefined` where the file does not say. */
  wallNs(): bigint | undefined;
}
