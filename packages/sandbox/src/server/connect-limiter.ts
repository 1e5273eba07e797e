import type { Clock } from '@kr/schemas/shared';
import type { Limits } from './limits.ts';

interface Address {
  /** When it tried to connect within the window, oldest first. */
  attemptsNs: bigint[];
  bannedUntilNs: bigint;
}

/** Counts the attempts to connect, address by address. */
export class ConnectLimiter {
  readonly #limit: NonNullable<Limits['connects']>;
  readonly #clock: Clock;
  readonly #addresses = new Map<string, Address>();

  constructor(limit: NonNullable<Limits['connects']>, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Counts one attempt; the seconds until the address may try again, `undefined` when it may now. */
  refuse(address: string): number | undefined {
    const { max, windowMs, banMs } = this.#limit;
    const nowNs = this.#clock.monotonicNs();
    this.#forget(nowNs);
    const known = this.#addresses.get(address) ?? { attemptsNs: [], bannedUntilNs: nowNs };
    this.#addresses.set(address, known);
    if (known.bannedUntilNs > nowNs) return secondsUntil(known.bannedUntilNs, nowNs);
    known.attemptsNs = known.attemptsNs.filter((at) => nowNs - at < toNs(windowMs));
    if (known.attemptsNs.length < max) {
      known.attemptsNs.push(nowNs);
      return undefined;
    }
    known.bannedUntilNs = nowNs + toNs(banMs);
    return secondsUntil(known.bannedUntilNs, nowNs);
  }

  /** Addresses that have not tried for a whole window are not kept. */
  #forget(nowNs: bigint): void {
    for (const [address, { attemptsNs, bannedUntilNs }] of this.#addresses) {
      const last = attemptsNs.at(-1) ?? 0n;
      if (bannedUntilNs <= nowNs && nowNs - last >= toNs(this.#limit.windowMs)) {
        this.#addresses.delete(address);
      }
    }
  }
}

function toNs(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}

function secondsUntil(thenNs: bigint, nowNs: bigint): number {
  return Math.ceil(Number(thenNs - nowNs) / 1e9);
}
