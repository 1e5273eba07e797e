import type { FaultNote } from '../server/ledger.ts';
import type { Fault } from './fault.ts';

/** A fault that was injected, as `sandbox.faults.list()` shows it. */
export interface FaultStatus {
  readonly id: number;
  readonly fault: Fault;
  /** How often it has happened. */
  readonly fired: number;
  /** Nothing more will come of it. */
  readonly spent: boolean;
}

/** An injected fault, shared by all connections: it counts how often it happened. */
export class ActiveFault<F extends Fault = Fault> implements FaultStatus {
  readonly id: number;
  readonly fault: F;
  readonly limit: number;
  readonly note: FaultNote;
  #fired = 0;
  #cleared = false;

  constructor(id: number, fault: F, limit: number) {
    this.id = id;
    this.fault = fault;
    this.limit = limit;
    this.note = { fault: fault.kind, faultId: id };
  }

  get fired(): number {
    return this.#fired;
  }

  get spent(): boolean {
    return this.#cleared || this.#fired >= this.limit;
  }

  fire(): void {
    this.#fired += 1;
  }

  clear(): void {
    this.#cleared = true;
  }
}
