import { type NonceUnit, NS_PER_UNIT } from './nonce-unit.ts';

/**
 * - `coarserUnit`: another program used this key with a finer unit (nanoseconds against our
 *   milliseconds), so every nonce of ours is lower, for good;
 * - `aheadOfClock`: the key has seen a nonce from the future: a clock that was wrong, ours or
 *   another machine's;
 * - `overtaken`: another request with a higher nonce arrived first;
 * - `higherNonceSeen`: the key has seen a higher nonce; from which of these causes is not known.
 */
export type NonceProblem = 'coarserUnit' | 'aheadOfClock' | 'overtaken' | 'higherNonceSeen';

export interface NonceFacts {
  /** The nonce that was refused. */
  readonly sent: bigint;
  /** The unit it was counted in. @defaultValue `'ns'` */
  readonly unit?: NonceUnit | undefined;
  /** The highest nonce the key has seen, where known: `nonce` of `GetApiKeyInfo`. */
  readonly seen?: bigint | undefined;
  /** Nanoseconds since the Unix epoch. */
  readonly nowNs: bigint;
}

export interface NonceExplanation {
  readonly problem: NonceProblem;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do, best first. */
  readonly remedies: readonly string[];
  /** Hand it to `raiseTo`, and the next nonce is accepted; `undefined` where it is not known. */
  readonly raiseTo: bigint | undefined;
}

const FINER: readonly NonceUnit[] = ['us', 'ns'];
/** Requests overtake each other by less; a clock that is wrong is wrong by more. */
const OVERTAKING_NS = 10_000_000_000n;
/** Guessing the unit of a foreign nonce: within a factor of 30 of now. */
const SAME_SCALE = 30n;

/** Whether an answer's error says that the nonce was refused: Spot's text, or Futures' words. */
export function isNonceError(error: string): boolean {
  return /^E\w+:\s*Invalid nonce|^nonce(BelowThreshold|Duplicate)$/i.test(error.trim());
}

/**
 * Explains `EAPI:Invalid nonce`: the key has seen a higher nonce than the one sent. Kraken never
 * forgets it, so waiting helps only while the clock catches up.
 */
export function explainNonceError(facts: NonceFacts): NonceExplanation {
  const { sent, unit = 'ns', seen, nowNs } = facts;
  if (seen === undefined || seen < sent) return explainUnknown(sent);
  const finer = FINER.find(
    (other) => NS_PER_UNIT[other] < NS_PER_UNIT[unit] && isScale(seen, nowNs / NS_PER_UNIT[other]),
  );
  if (finer !== undefined) {
    return {
      problem: 'coarserUnit',
      message: `The key has seen ${seen}, a nonce in ${finer}; ${sent} is in ${unit}, and lower for good.`,
      remedies: [
        `Create the nonce source with unit: '${finer}'.`,
        'Or give this program a key of its own: each key counts by itself.',
      ],
      raiseTo: seen,
    };
  }
  const aheadNs = (seen - nowNs / NS_PER_UNIT[unit]) * NS_PER_UNIT[unit];
  if (aheadNs > OVERTAKING_NS) {
    return {
      problem: 'aheadOfClock',
      message: `The key has seen ${seen}, which is ${formatDuration(aheadNs)} ahead of this clock.`,
      remedies: [
        'Call raiseTo with that nonce (or create the source with it as floor): nonces count on from there until the clock has caught up.',
        'Set the clock by NTP, here and wherever else the key is used.',
        'Or give this program a key of its own: each key counts by itself.',
      ],
      raiseTo: seen,
    };
  }
  return {
    problem: 'overtaken',
    message: `The key has seen ${seen} before ${sent} arrived: another request was faster.`,
    remedies: [
      'In one process, send with withSigned (or withNonce), which keeps the order.',
      'In several processes on one machine, give their sources one createFileNonceStore.',
      'On several machines, use one key each, or set a nonce window on the key.',
    ],
    raiseTo: seen,
  };
}

function explainUnknown(sent: bigint): NonceExplanation {
  return {
    problem: 'higherNonceSeen',
    message: `The key has seen a nonce higher than ${sent}, and accepts no lower one any more.`,
    remedies: [
      'Did another program use this key? Then give each a key of its own, or share one createFileNonceStore.',
      "Did that program count in ns, and this one in ms or us? Then create the nonce source with unit: 'ns'.",
      "Was a clock ahead once? Read the key's nonce (GetApiKeyInfo, once a higher one is accepted) and call raiseTo with it.",
      'If none of this helps, replace the key: a new one starts at zero.',
    ],
    raiseTo: undefined,
  };
}

function isScale(nonce: bigint, now: bigint): boolean {
  return nonce * SAME_SCALE > now && nonce < now * SAME_SCALE;
}

function formatDuration(ns: bigint): string {
  const seconds = Number(ns / 1_000_000n) / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${Math.round(hours / 24)} days`;
}
