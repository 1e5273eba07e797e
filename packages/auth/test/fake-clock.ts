import type { WallClock } from '../src/clock.ts';

/** A clock that stands still until it is set; it may be set back. */
export class FakeClock implements WallClock {
  nowNs: bigint;

  constructor(nowNs = 1_700_000_000_000_000_000n) {
    this.nowNs = nowNs;
  }

  wallNs(): bigint {
    return this.nowNs;
  }
}
