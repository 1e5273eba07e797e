/** What a nonce counts. A key that has seen nanoseconds never accepts milliseconds again. */
export type NonceUnit = 'ms' | 'us' | 'ns';

export const NS_PER_UNIT: Readonly<Record<NonceUnit, bigint>> = {
  ms: 1_000_000n,
  us: 1_000n,
  ns: 1n,
};
