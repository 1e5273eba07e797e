/** When something arrived, on both clocks: the wall clock can step, the monotonic one cannot. */
export interface ReceivedAt {
  /** Nanoseconds since the Unix epoch. */
  readonly wallNs: bigint;
  /** Nanoseconds since an arbitrary start; only differences within one process mean something. */
  readonly monotonicNs: bigint;
}

/** One message as it came from the exchange: the bytes are never touched. */
export interface Frame {
  readonly receivedAt: ReceivedAt;
  /** Ours, not the exchange's: 1, 2, 3… for each socket opened, unique within a recording. */
  readonly connectionId: number;
  /** 0, 1, 2… within its connection: a jump means that frames were lost on our side. */
  readonly sequence: number;
  /** The message's UTF-8 text as received. */
  readonly bytes: Uint8Array;
}
