import { FLAT, type Position } from './position.ts';

/** A position of an account, and since when. */
export interface Holding {
  position: Position;
  /** Until when its funding is paid. */
  fundedNs: bigint;
  /** When it was last traded. */
  filledNs: bigint;
}

export function createHolding(nowNs: bigint): Holding {
  return { position: FLAT, fundedNs: nowNs, filledNs: nowNs };
}
