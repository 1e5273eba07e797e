import type { BookChange } from '../exchange/index.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';

/**
 * What the subscribers of one symbol and depth hold, and the frames that keep it right.
 *
 * A client applies a message in order and then cuts each side to its depth. So of a batch of changes
 * it needs those inside the window it held before, in their order, and after them the levels that
 * moved up into the window. Levels pushed out are never named: the client drops them itself.
 */
export interface View {
  snapshot(atNs: bigint): WireFrame;
  /** The update for changes already made to the book; `undefined` when nothing in the window changed. */
  update(changes: readonly BookChange[], atNs: bigint): WireFrame | undefined;
}
