import type { GapEvent } from '@kr/schemas/shared';
import type { RecoveredState } from '../recovery/recovery.ts';

/** The hole since the last recording in a directory; its end is known with the first frame. */
export function restartGap({ lastFrameAt, closed, tornTail }: RecoveredState): GapEvent {
  const before = closed ? 'the recording had been closed' : 'the recording had not been closed';
  const cut = tornTail === undefined ? '' : `; ${tornTail.bytes} torn bytes cut`;
  return {
    reason: 'restart',
    from: lastFrameAt,
    symbols: [],
    repaired: false,
    detail: before + cut,
  };
}
