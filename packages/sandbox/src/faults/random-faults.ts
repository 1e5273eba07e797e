import type { Timers } from '@kr/schemas/shared';
import { createRandom, type Random } from '../synthetic/random.ts';
import type { Fault, SingleFault } from './fault.ts';

type RandomFault = Extract<Fault, { readonly kind: 'random' }>;

/** How finely the mean wait is divided. */
const STEPS = 64;

/** Chooses a fault for the connections that are open, by their ordinals; `undefined` when there is none. */
export type Pick = (ordinals: readonly number[]) => SingleFault | undefined;

/** Faults at random times, of random kinds, on random connections: the same for a seed and a stepped clock. */
export class RandomFaults {
  readonly #fault: RandomFault;
  readonly #timers: Timers;
  readonly #random: Random;
  readonly #onPick: (pick: Pick) => void;
  #timer: unknown;
  #running = false;

  constructor(fault: RandomFault, timers: Timers, onPick: (pick: Pick) => void) {
    this.#fault = fault;
    this.#timers = timers;
    this.#random = createRandom(`${fault.seed} faults`);
    this.#onPick = onPick;
  }

  start(): void {
    this.#running = true;
    this.#schedule();
  }

  stop(): void {
    this.#running = false;
    this.#timers.clearTimeout(this.#timer);
  }

  /** Geometric waits: faults come in bursts and leave long quiet times, as real ones do. */
  #schedule(): void {
    const waitMs = (this.#random.rank(STEPS) * this.#fault.meanMs) / STEPS;
    this.#timer = this.#timers.setTimeout(() => {
      // Drawn before it is known whether anybody is there: the draws of a seed depend on nothing else.
      const which = this.#random.next();
      const where = this.#random.next();
      this.#onPick((ordinals) => this.#choose(which, where, ordinals));
      if (this.#running) this.#schedule();
    }, waitMs);
  }

  #choose(which: number, where: number, ordinals: readonly number[]): SingleFault | undefined {
    const { of } = this.#fault;
    const fault = of[Math.floor(which * of.length)];
    if (fault === undefined || fault.kind === 'status' || fault.kind === 'rest') return fault;
    if (fault.kind === 'refuseUpgrade' || fault.kind === 'hangUpgrade') return fault;
    if (fault.connection !== undefined) return fault;
    const connection = ordinals[Math.floor(where * ordinals.length)];
    return connection === undefined ? undefined : { ...fault, connection };
  }
}
