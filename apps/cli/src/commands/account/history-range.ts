import type { Io } from '../../io.ts';
import type { Moment } from '../../times.ts';

export interface HistoryOptions {
  readonly limit: number;
  readonly all?: boolean;
  readonly since?: Moment;
  readonly until?: Moment;
}

/**
 * How far past our clock the newest row may lie: the exchange's own, in whole seconds, would hide
 * what happened in this one. Rows that come while pages are read are told apart by their ids.
 */
const AHEAD_S = 60;

/** The bounds as the exchange takes them, in seconds: `start` is exclusive, `end` inclusive. */
export const rangeOf = ({ since, until }: HistoryOptions, { clock }: Io) => {
  const nowMs = Number(clock.wallNs() / 1_000_000n);
  return {
    ...(since === undefined ? {} : { start: Math.floor(since(nowMs) / 1000) }),
    end: Math.floor((until?.(nowMs) ?? nowMs + AHEAD_S * 1000) / 1000),
  };
};
