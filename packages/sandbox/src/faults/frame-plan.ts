import type { WireFrame } from '../protocol/wire-frame.ts';
import type { FaultNote } from '../server/ledger.ts';

/** What the faults in the order of their injection make of a frame. */
export class FramePlan {
  frame: WireFrame;
  note: FaultNote | undefined;
  lostBy: FaultNote | undefined;
  copies = 0;
  delayMs = 0;

  constructor(frame: WireFrame) {
    this.frame = frame;
  }
}
