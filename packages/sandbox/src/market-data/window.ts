import type { BookChange, BookSide, Level } from '../exchange/index.ts';

/** The levels of one side that a client of some depth holds. */
export class Window {
  readonly side: BookSide;
  readonly #depth: number;
  /** The worst price held; `undefined` while the side fits, for then every price is inside. */
  #worst: number | undefined;

  constructor(side: BookSide, depth: number) {
    this.side = side;
    this.#depth = depth;
    this.remember();
  }

  remember(): void {
    this.#worst = this.side.at(this.#depth - 1)?.ticks;
  }

  /** True for a change of this side at a price that the client held. */
  concerns({ side, ticks }: BookChange): boolean {
    if (side !== this.side.side) return false;
    return this.#worst === undefined || this.side.isWithin(ticks, this.#worst);
  }

  /** All levels inside now, the best first. */
  levels(): Level[] {
    const levels: Level[] = [];
    for (let rank = 0; rank < this.#depth; rank += 1) {
      const level = this.side.at(rank);
      if (level === undefined) break;
      levels.push(level);
    }
    return levels;
  }

  /** The levels that moved up into it since {@link Window.remember}, the best first. */
  promoted(): Level[] {
    const levels: Level[] = [];
    if (this.#worst === undefined) return levels;
    for (let rank = this.#depth - 1; rank >= 0; rank -= 1) {
      const level = this.side.at(rank);
      if (level === undefined) continue;
      if (this.side.isWithin(level.ticks, this.#worst)) break;
      levels.push(level);
    }
    return levels.toReversed();
  }
}
