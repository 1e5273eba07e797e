import type { Clock, Timers } from '@kr/schemas/shared';
import { WireFrame } from '../protocol/wire-frame.ts';
import type { FaultNote } from '../server/ledger.ts';
import type { ActiveFault } from './active-fault.ts';
import {
  type Arm,
  elapsedMs,
  isConnectionArm,
  isDue,
  isFrameArm,
  isRequestArm,
  matchesFrame,
  matchesRequest,
  type RequestSubject,
} from './arm.ts';
import { corruptChecksum, hasChecksum } from './corrupt-checksum.ts';
import type { ConnectionFault, FrameFault, LineFault } from './fault.ts';
import { FramePlan } from './frame-plan.ts';

/** What faults can do to a connection. */
export interface Line {
  /** As `number` of a fault's `connection`. */
  readonly ordinal: number;
  readonly id: bigint;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What its protocol says to show that it lives. */
  heartbeat(): WireFrame;
  push(frame: WireFrame, note?: FaultNote): void;
  /** A frame that is not sent. */
  lose(frame: WireFrame, note: FaultNote): void;
  note(note: FaultNote): void;
  /** Ends it after what is queued; without a code there is no close frame. */
  cut(code: number | undefined, reason: string | undefined): void;
  reset(): void;
  /** Reads and answers nothing any more. */
  abandon(): void;
  freeze(): void;
  thaw(): void;
}

/** What happens to one request, or to one symbol of it. */
export interface RequestVerdict {
  readonly ignored?: boolean;
  readonly error?: string;
  /** The error stands alone, in no acknowledgement. */
  readonly bare?: boolean;
  readonly delayMs?: number;
  /** Done, and never answered. */
  readonly lost?: FaultNote;
  readonly note?: FaultNote;
}

/** The faults that wait on one connection: every frame and every request of it passes here while there are any. */
export class LineFaults {
  readonly #line: Line;
  readonly #arms = new Set<Arm>();
  readonly #timers = new Set<unknown>();
  #abandonedBy: FaultNote | undefined;
  #stopped = false;

  constructor(line: Line) {
    this.#line = line;
  }

  get ordinal(): number {
    return this.#line.ordinal;
  }

  /** True while nothing has to pass here. */
  get isIdle(): boolean {
    return this.#arms.size === 0 && this.#abandonedBy === undefined;
  }

  /** True when a fault's `connection` means this one. */
  isMeant(connection: number | string | undefined): boolean {
    if (connection === undefined) return true;
    const { ordinal, id } = this.#line;
    return typeof connection === 'number' ? connection === ordinal : connection === String(id);
  }

  arm(active: ActiveFault<LineFault>): void {
    if (this.#stopped || !this.isMeant(active.fault.connection)) return;
    const sinceNs = this.#line.clock.monotonicNs();
    const arm: Arm = { active, sinceNs, passed: 0, done: false, timer: undefined };
    this.#arms.add(arm);
    if (!isConnectionArm(arm)) return;
    const { after } = arm.active.fault;
    if (after !== undefined && 'ms' in after) {
      arm.timer = this.#later(after.ms, () => this.#strike(arm));
    } else if (isDue(arm, sinceNs)) {
      this.#strike(arm);
    }
  }

  disarm(active: ActiveFault): void {
    for (const arm of this.#arms) {
      if (arm.active !== active) continue;
      this.#arms.delete(arm);
      this.#cancel(arm.timer);
    }
  }

  /** A frame that the exchange made, on its way out. */
  pass(frame: WireFrame): void {
    if (this.#abandonedBy !== undefined) {
      this.#line.lose(frame, this.#abandonedBy);
      return;
    }
    const nowNs = this.#line.clock.monotonicNs();
    const { subject } = frame;
    const plan = new FramePlan(frame);
    const strikes: Arm<ConnectionFault>[] = [];
    for (const arm of this.#arms) {
      if (arm.active.spent) {
        this.disarm(arm.active);
      } else if (isConnectionArm(arm)) {
        if (!matchesFrame(arm.active.fault, subject)) continue;
        arm.passed += 1;
        if (arm.timer === undefined && isDue(arm, nowNs)) strikes.push(arm);
      } else if (isFrameArm(arm) && matchesFrame(arm.active.fault, subject)) {
        this.#apply(arm, plan, nowNs);
      }
    }
    this.#send(plan);
    for (const arm of strikes) this.#strike(arm);
  }

  /** What becomes of a request, or of one symbol of it. */
  judge(subject: RequestSubject): RequestVerdict {
    if (this.#abandonedBy !== undefined) return { ignored: true, note: this.#abandonedBy };
    for (const arm of this.#arms) {
      if (!isRequestArm(arm) || arm.active.fault.kind === 'reorderAcks') continue;
      const { fault, note } = arm.active;
      const anyMethod = fault.kind !== 'refuse';
      if (!matchesRequest(fault, subject, anyMethod)) continue;
      if (fault.kind === 'expiredToken' && !subject.hasToken) continue;
      if (!this.#hits(arm)) continue;
      switch (fault.kind) {
        case 'refuse':
          return { error: fault.error, bare: fault.bare ?? false, note };
        case 'expiredToken':
          return { error: fault.error ?? 'EAPI:Invalid token', note };
        case 'ignore':
          this.#line.note(note);
          return { ignored: true, note };
        case 'loseAck':
          return { lost: note };
        case 'delayAck':
          return { delayMs: fault.ms, note };
      }
    }
    return {};
  }

  /** The note of the fault that turns the answers to a request around, if one does. */
  turnsAround(subject: RequestSubject): FaultNote | undefined {
    for (const arm of this.#arms) {
      if (!isRequestArm(arm) || arm.active.fault.kind !== 'reorderAcks') continue;
      if (matchesRequest(arm.active.fault, subject, false) && this.#hits(arm)) {
        return arm.active.note;
      }
    }
    return undefined;
  }

  /** Keeps an answer back. */
  lose(frame: WireFrame, note: FaultNote): void {
    this.#line.lose(frame, note);
  }

  /** Pushes after a while, unless the connection is gone then. */
  pushLater(frame: WireFrame, ms: number, note: FaultNote | undefined): void {
    this.#later(ms, () => {
      if (this.#abandonedBy === undefined) this.#line.push(frame, note);
      else this.#line.lose(frame, this.#abandonedBy);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#arms.clear();
    for (const timer of this.#timers) this.#line.timers.clearTimeout(timer);
    this.#timers.clear();
  }

  /** Counts a request or frame for its fault; true when the fault happens to it. */
  #hits(arm: Arm): boolean {
    if (arm.active.spent) return false;
    const due = isDue(arm, this.#line.clock.monotonicNs());
    arm.passed += 1;
    if (due) arm.active.fire();
    return due;
  }

  #apply(arm: Arm<FrameFault>, plan: FramePlan, nowNs: bigint): void {
    const { fault, note } = arm.active;
    // What an earlier fault lost is not there for a later one.
    if (plan.lostBy !== undefined) return;
    if (fault.kind === 'corruptChecksum' && !hasChecksum(plan.frame)) return;
    if (fault.kind === 'silence' && fault.forMs !== undefined) {
      const beginMs = fault.after !== undefined && 'ms' in fault.after ? fault.after.ms : 0;
      if (elapsedMs(arm.sinceNs, nowNs) >= beginMs + fault.forMs) return;
    }
    if (!this.#hits(arm)) return;
    plan.note = note;
    switch (fault.kind) {
      case 'drop':
      case 'silence':
        plan.lostBy = note;
        break;
      case 'duplicate':
        plan.copies += fault.copies ?? 1;
        break;
      case 'delay':
        plan.delayMs += fault.ms;
        break;
      case 'corruptChecksum':
        plan.frame = corruptChecksum(plan.frame);
        break;
    }
  }

  #send({ frame, note, lostBy, copies, delayMs }: FramePlan): void {
    if (lostBy !== undefined) {
      this.#line.lose(frame, lostBy);
      return;
    }
    for (let copy = 0; copy <= copies; copy += 1) {
      if (delayMs > 0) this.pushLater(frame, delayMs, note);
      else this.#line.push(frame, note);
    }
  }

  /** A fault of the connection itself happens: once on each. */
  #strike(arm: Arm<ConnectionFault>): void {
    const { active } = arm;
    if (arm.done || active.spent || this.#stopped || this.#abandonedBy !== undefined) return;
    arm.done = true;
    this.#arms.delete(arm);
    active.fire();
    const { fault, note } = active;
    const line = this.#line;
    line.note(note);
    switch (fault.kind) {
      case 'cut':
        line.cut(fault.code, fault.reason);
        break;
      case 'reset':
        line.reset();
        break;
      case 'halfOpen':
        line.abandon();
        this.#abandonedBy = note;
        break;
      case 'freeze':
        line.freeze();
        this.#later(fault.ms, () => {
          line.thaw();
        });
        break;
      case 'flood': {
        const frame = fault.text === undefined ? line.heartbeat() : new WireFrame(fault.text);
        for (let sent = 0; sent < fault.frames; sent += 1) line.push(frame, note);
        break;
      }
    }
  }

  #later(ms: number, callback: () => void): unknown {
    const timer = this.#line.timers.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  #cancel(timer: unknown): void {
    if (timer === undefined) return;
    this.#timers.delete(timer);
    this.#line.timers.clearTimeout(timer);
  }
}
