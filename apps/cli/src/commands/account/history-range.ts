import type { Io } from '../../io.ts';
import type { Moment } from '../../times.ts';

export interface HistoryOptions {
  readonly limit: number;
  readonly all?: boolean;
  readonly since?: Moment;
  readonly until?: Moment;
}

/** The bounds as the exchange takes them, in seconds: `start` is exclusive, `end` inclusive. */
export const rangeOf = ({ since, until }: HistoryOptions, { clock }: Io) => {
  const nowMs = Number(clock.wallNs() / 1_000_000n);
  return {
    ...(since === undefined ? {} : { start: Math.floor(since(nowMs) / 1000) }),
    ...(until === undefined ? {} : { end: Math.floor(until(nowMs) / 1000) }),
  };
};
