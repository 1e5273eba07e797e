import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import type { SystemStatus } from '../protocol/frames.ts';
import type { RestFault, RestFaultKind } from '../rest/fault.ts';
import type { FaultNote } from '../server/ledger.ts';
import { ActiveFault, type FaultStatus } from './active-fault.ts';
import {
  type ConnectionFault,
  type Fault,
  type LineFault,
  type RequestOfRest,
  readFault,
  STAGES,
  type UpgradeFault,
} from './fault.ts';
import type { LineFaults } from './line-faults.ts';
import { RandomFaults } from './random-faults.ts';
import { WaitingFaults } from './waiting-faults.ts';

/** What goes wrong on purpose. Ids count from 1 and are the ledger's `faultId`. */
export interface Faults {
  /** Begins a fault; answers its id. Throws `INVALID_FAULT`. */
  inject(fault: Fault): number;
  /** All that were injected and not cleared, in order; of the spent ones the last 256. */
  list(): readonly FaultStatus[];
  /** Ends one, or all. What it has done already stays done. Throws `INVALID_FAULT` for an id that is not there. */
  clear(id?: number): void;
}

export interface FaultsOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly setStatus: (system: SystemStatus) => void;
  /** Tells the ledger of what happens to no connection. */
  readonly note: (note: FaultNote) => void;
}

const SPENT_KEPT = 256;

/** They need an answer to spoil, so the request is done first unless the fault says otherwise. */
const SPOILS_ANSWER: ReadonlySet<RestFaultKind> = new Set(['cutBody', 'slowBody']);

/** The faults of a sandbox: those of connections are armed on each that they mean, now and when it opens. */
export class FaultBox implements Faults {
  readonly #options: FaultsOptions;
  readonly #lines = new Set<LineFaults>();
  readonly #faults = new Map<number, ActiveFault>();
  readonly #upgrades: WaitingFaults<UpgradeFault>;
  readonly #rest: WaitingFaults<RequestOfRest>;
  /** How to stop what runs by itself, by fault. */
  readonly #running = new Map<number, () => void>();
  #lastId = 0;
  #firedByForgotten = 0;

  constructor(options: FaultsOptions) {
    this.#options = options;
    this.#upgrades = new WaitingFaults(options.note);
    this.#rest = new WaitingFaults(options.note);
  }

  /** How often faults happened. */
  get fired(): number {
    let fired = this.#firedByForgotten;
    for (const fault of this.#faults.values()) fired += fault.fired;
    return fired;
  }

  inject(fault: Fault): number {
    const read = readFault(fault);
    this.#lastId += 1;
    const active = new ActiveFault(this.#lastId, read, this.#limitOf(read));
    this.#faults.set(active.id, active);
    this.#forgetSpent();
    this.#begin(active);
    return active.id;
  }

  list(): readonly FaultStatus[] {
    return [...this.#faults.values()].map(({ id, fault, fired, spent }) => ({
      id,
      fault,
      fired,
      spent,
    }));
  }

  clear(id?: number): void {
    const faults = id === undefined ? [...this.#faults.values()] : [this.#find(id)];
    for (const active of faults) {
      active.clear();
      this.#forget(active);
      this.#running.get(active.id)?.();
      this.#running.delete(active.id);
      for (const line of this.#lines) line.disarm(active);
      this.#upgrades.delete(active.id);
      this.#rest.delete(active.id);
    }
  }

  /** A connection opened. */
  join(line: LineFaults): void {
    this.#lines.add(line);
    for (const active of this.#faults.values()) {
      if (!active.spent && isLineFault(active)) line.arm(active);
    }
  }

  /** A connection is gone, and with it what was meant for it alone. */
  leave(line: LineFaults): void {
    this.#lines.delete(line);
    line.stop();
    for (const active of this.#faults.values()) {
      const { fault } = active;
      const meant = 'connection' in fault ? fault.connection : undefined;
      if (isLineFault(active) && meant !== undefined && line.isMeant(meant)) active.clear();
    }
  }

  /** What becomes of an attempt to connect, which would be the nth connection. */
  judgeUpgrade(ordinal: number): UpgradeFault | undefined {
    const isMeant = ({ connection }: UpgradeFault): boolean =>
      connection === undefined || connection === ordinal;
    return this.#upgrades.take(this.#options.clock.monotonicNs(), isMeant);
  }

  /** What becomes of a request of REST. */
  takeRest({ path }: { readonly path: string }): RestFault | undefined {
    const isMeant = (fault: RequestOfRest): boolean =>
      fault.path === undefined || isAt(path, fault.path);
    const fault = this.#rest.take(this.#options.clock.monotonicNs(), isMeant);
    if (fault === undefined) return undefined;
    return { ...fault, when: fault.when ?? (SPOILS_ANSWER.has(fault.how) ? 'after' : 'before') };
  }

  stop(): void {
    for (const stop of this.#running.values()) stop();
    this.#running.clear();
  }

  #begin(active: ActiveFault): void {
    if (isLineFault(active)) {
      for (const line of this.#lines) line.arm(active);
    } else if (isUpgradeFault(active)) {
      this.#upgrades.add(active, this.#options.clock.monotonicNs());
    } else if (isOfRest(active)) {
      this.#rest.add(active, this.#options.clock.monotonicNs());
    } else {
      this.#run(active);
    }
  }

  /** A fault that needs no connection to begin. */
  #run(active: ActiveFault): void {
    const { timers, setStatus, note } = this.#options;
    const { fault, id } = active;
    if (fault.kind === 'status') {
      const handle = timers.setTimeout(() => {
        this.#running.delete(id);
        active.fire();
        note(active.note);
        setStatus(fault.system);
      }, fault.after?.ms ?? 0);
      this.#running.set(id, () => {
        timers.clearTimeout(handle);
      });
    }
    if (fault.kind === 'random') {
      const random = new RandomFaults(fault, timers, (picked) => {
        const ordinals = [...this.#lines].map(({ ordinal }) => ordinal);
        const chosen = picked(ordinals);
        if (active.spent || chosen === undefined) return;
        active.fire();
        this.inject(chosen);
        if (active.spent) this.#running.get(id)?.();
      });
      random.start();
      this.#running.set(id, () => {
        random.stop();
      });
    }
  }

  /** Without `times`: a connection's fault happens to each that it means now, or to the next; others happen once. */
  #limitOf(fault: Fault): number {
    const times = 'times' in fault ? fault.times : undefined;
    if (times === 'always') return Number.POSITIVE_INFINITY;
    if (times !== undefined) return times;
    if (fault.kind === 'silence' || fault.kind === 'random') return Number.POSITIVE_INFINITY;
    if (!isConnectionFault(fault)) return 1;
    return Math.max(1, [...this.#lines].filter((line) => line.isMeant(fault.connection)).length);
  }

  #find(id: number): ActiveFault {
    const active = this.#faults.get(id);
    if (active !== undefined) return active;
    throw new SandboxError(
      'INVALID_FAULT',
      `there is no fault ${id}: list() shows those there are`,
      {
        id,
      },
    );
  }

  /** Bounded: a random source of faults may run for days. */
  #forgetSpent(): void {
    const spent = [...this.#faults.values()].filter((active) => active.spent);
    for (const active of spent.slice(0, -SPENT_KEPT)) this.#forget(active);
  }

  #forget(active: ActiveFault): void {
    this.#faults.delete(active.id);
    this.#firedByForgotten += active.fired;
  }
}

function isConnectionFault(fault: Fault): fault is ConnectionFault {
  return STAGES[fault.kind] === 'connection';
}

function isLineFault(active: ActiveFault): active is ActiveFault<LineFault> {
  return ['frame', 'connection', 'request'].includes(STAGES[active.fault.kind]);
}

function isOfRest(active: ActiveFault): active is ActiveFault<RequestOfRest> {
  return STAGES[active.fault.kind] === 'rest';
}

/** Whether a path is the one that is named: whole, from a slash on, or below a folder. */
function isAt(path: string, named: string): boolean {
  if (named.endsWith('/')) return path.startsWith(named);
  return path === named || path.endsWith(`/${named}`);
}

function isUpgradeFault(active: ActiveFault): active is ActiveFault<UpgradeFault> {
  return STAGES[active.fault.kind] === 'upgrade';
}
