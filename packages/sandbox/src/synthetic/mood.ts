import type { Random } from './random.ts';

/** How takers lean at the moment: the share of them that buys beyond a half, and how many there are. */
export interface Mood {
  readonly lean: number;
  /** Against the usual number of takers. */
  readonly takers: number;
  /** Levels that one of them takes, beyond the usual. */
  readonly depth: number;
}

const CALM: Mood = { lean: 0, takers: 1, depth: 0 };
const RISE: Mood = { lean: 0.15, takers: 1.2, depth: 0 };
const FALL: Mood = { lean: -0.15, takers: 1.2, depth: 0 };
/** Most sell, three times as many as usual, and each takes more: some per cent within minutes. */
const CRASH: Mood = { lean: -0.4, takers: 3, depth: 2 };
const REBOUND: Mood = { lean: 0.25, takers: 2, depth: 0.5 };

const HOUR_NS = 3_600_000_000_000n;
const HOURS = 24n;

/** A market's weather: trends that come and go, a crash now and then, and a quiet and a busy half of the day. */
export class Weather {
  readonly #random: Random;
  readonly #busiestHour: number;
  #mood: Mood = CALM;
  #stepsLeft = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#busiestHour = random.below(24);
  }

  /** The mood of the next step. */
  next(): Mood {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft > 0) return this.#mood;
    const before = this.#mood;
    const draw = this.#random.next();
    if (before === CRASH) this.#mood = REBOUND;
    else if (draw < 0.5) this.#mood = CALM;
    else if (draw < 0.74) this.#mood = RISE;
    else this.#mood = draw < 0.98 ? FALL : CRASH;
    this.#stepsLeft = 100 + this.#random.below(this.#mood === CALM ? 1_000 : 400);
    return this.#mood;
  }

  /** From 0.4 in the quietest hour of a day to 1.6 in the busiest. */
  activity(wallNs: bigint): number {
    const hour = Number((wallNs / HOUR_NS) % HOURS);
    const away = Math.abs(hour - this.#busiestHour);
    return 1.6 - Math.min(away, 24 - away) / 10;
  }
}
