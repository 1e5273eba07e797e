/** What `kr` exits with; `kr verify` keeps to the first three. */
export const exitCodes = {
  /** Done; for `verify`: everything there is right, and every hole is in the gap ledger. */
  ok: 0,
  /** The answer is no: a mismatch, damage, or a hole that nobody recorded. */
  failed: 1,
  /** It could not be read, or was asked wrongly: an unknown file, symbol, option, value or setting. */
  invalid: 2,
  /** The exchange could not be reached, or a port could not be had. */
  network: 3,
  /** A file or a disk refused. */
  io: 4,
  /** The key: wrong, without the permission, or its nonce. */
  auth: 5,
  /** Too many requests or orders. */
  rateLimit: 6,
  /** The exchange said no, or is not available. */
  refused: 7,
  /** Something was sent and there is no verdict: it may have been done. Find out; do not repeat it. */
  unknown: 8,
  /** A fault of ours. */
  internal: 70,
  /** Ended by Ctrl-C before it was done. */
  interrupted: 130,
} as const;
