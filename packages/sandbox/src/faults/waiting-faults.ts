import type { FaultNote } from '../server/ledger.ts';
import type { ActiveFault } from './active-fault.ts';
import { elapsedMs } from './arm.ts';
import type { RequestOfRest, UpgradeFault } from './fault.ts';

interface Waiting<F extends UpgradeFault | RequestOfRest> {
  readonly active: ActiveFault<F>;
  readonly sinceNs: bigint;
  /** How many came that it means. */
  passed: number;
}

/** Faults that wait for somebody to come in: an attempt to connect, a request of REST. */
export class WaitingFaults<F extends UpgradeFault | RequestOfRest> {
  readonly #waiting = new Map<number, Waiting<F>>();
  readonly #note: (note: FaultNote) => void;

  constructor(note: (note: FaultNote) => void) {
    this.#note = note;
  }

  add(active: ActiveFault<F>, sinceNs: bigint): void {
    this.#waiting.set(active.id, { active, sinceNs, passed: 0 });
  }

  delete(id: number): void {
    this.#waiting.delete(id);
  }

  /** Somebody came: the first fault that means him and is due happens. */
  take(nowNs: bigint, isMeant: (fault: F) => boolean): F | undefined {
    let taken: ActiveFault<F> | undefined;
    for (const waiting of this.#waiting.values()) {
      const { active } = waiting;
      if (active.spent) this.#waiting.delete(active.id);
      if (active.spent || !isMeant(active.fault)) continue;
      if (isDue(waiting, nowNs)) taken ??= active;
      waiting.passed += 1;
    }
    if (taken === undefined) return undefined;
    taken.fire();
    this.#note(taken.note);
    return taken.fault;
  }
}

function isDue(
  { active, sinceNs, passed }: Waiting<UpgradeFault | RequestOfRest>,
  nowNs: bigint,
): boolean {
  const { after } = active.fault;
  if (after === undefined) return true;
  return 'requests' in after ? passed >= after.requests : elapsedMs(sinceNs, nowNs) >= after.ms;
}
