/** How far the journal has come. */
export interface Mark {
  readonly records: number;
  readonly frames: number;
  readonly bytes: number;
  readonly segment: number;
  /** When the last of these frames was received; absent before the first. */
  readonly wallNs: bigint | undefined;
}
