import type { FrameSubject } from '../protocol/frame-subject.ts';
import type { ActiveFault } from './active-fault.ts';
import {
  type ConnectionFault,
  type FrameFault,
  type LineFault,
  type RequestFault,
  STAGES,
} from './fault.ts';

/** What a request, or one symbol of it, is about. */
export interface RequestSubject {
  readonly method: string | undefined;
  readonly channel: string | undefined;
  readonly symbol: string | undefined;
  readonly hasToken: boolean;
}

/** A fault on one connection: since when it waits there, and what has passed since. */
export interface Arm<F extends LineFault = LineFault> {
  readonly active: ActiveFault<F>;
  readonly sinceNs: bigint;
  passed: number;
  /** Of a fault of the connection itself: it happens once on each. */
  done: boolean;
  timer: unknown;
}

/** Pushed by the server itself: a fault means them only when it names them. */
const PUSHED: ReadonlySet<string | undefined> = new Set([undefined, 'heartbeat', 'status']);

/** Whether a fault is about a frame. Without a channel it is about data, not about answers, heartbeats and status. */
export function matchesFrame(
  fault: {
    readonly channel?: string | undefined;
    readonly symbol?: string | undefined;
    readonly type?: string | undefined;
  },
  { channel, type, symbols }: FrameSubject,
): boolean {
  if (fault.channel === undefined ? PUSHED.has(channel) : fault.channel !== channel) return false;
  if (fault.type !== undefined && fault.type !== type) return false;
  return fault.symbol === undefined || symbols.includes(fault.symbol);
}

/** Whether a fault is about a request. Without a method it is about subscriptions, or with `anyMethod` about all. */
export function matchesRequest(
  fault: {
    readonly method?: string | undefined;
    readonly channel?: string | undefined;
    readonly symbol?: string | undefined;
  },
  subject: RequestSubject,
  anyMethod: boolean,
): boolean {
  const method = fault.method ?? (anyMethod ? undefined : 'subscribe');
  if (method !== undefined && method !== subject.method) return false;
  if (fault.channel !== undefined && fault.channel !== subject.channel) return false;
  return fault.symbol === undefined || fault.symbol === subject.symbol;
}

/** Whether enough has passed on its connection. */
export function isDue({ active, sinceNs, passed }: Arm, nowNs: bigint): boolean {
  const { after } = active.fault;
  if (after === undefined) return true;
  if ('frames' in after) return passed >= after.frames;
  return elapsedMs(sinceNs, nowNs) >= after.ms;
}

export function elapsedMs(sinceNs: bigint, nowNs: bigint): number {
  return Number(nowNs - sinceNs) / 1e6;
}

export function isConnectionArm(arm: Arm): arm is Arm<ConnectionFault> {
  return STAGES[arm.active.fault.kind] === 'connection';
}

export function isFrameArm(arm: Arm): arm is Arm<FrameFault> {
  return STAGES[arm.active.fault.kind] === 'frame';
}

export function isRequestArm(arm: Arm): arm is Arm<RequestFault> {
  return STAGES[arm.active.fault.kind] === 'request';
}
