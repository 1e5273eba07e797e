/** What `kr` exits with; `kr verify` keeps to the first three. */
export const exitCodes = {
  /** Done; for `verify`: everything there is right, and every hole is in the gap ledger. */
  ok: 0,
  /** The answer is no: a mismatch, damage, or a hole that nobody recorded. */
  failed: 1,
  /** It could not be read, or was asked wrongly: an unknown file, symbol, option or value. */
  invalid: 2,
  /** The exchange could not be reached, or a port could not be had. */
  network: 3,
  /** A file or a disk refused. */
  io: 4,
  /** A fault of ours. */
  internal: 70,
  /** Ended by a second Ctrl-C, before the recording was closed. */
  interrupted: 130,
} as const;
