import { formatTimestamp, type GapEvent, type GapReason } from '@kr/schemas/shared';

/** Why something is not covered any more. */
export interface Loss {
  readonly reason: GapReason;
  /** Wall clock of the last moment known to be covered; absent: that of the stream's last data. */
  readonly fromNs: bigint | undefined;
  readonly connectionId: number | undefined;
  readonly detail: string;
}

/** What a hole is in. */
export interface Subject {
  readonly channel: string;
  readonly symbol: string | undefined;
}

/**
 * The holes that are open, one for each subscription at most. Each is told twice with the same
 * `reason`, `from`, channel and symbol: when it opens, and with `to` when the data is back.
 */
export class HoleLedger<S extends Subject = Subject> {
  readonly #holes = new Map<S, GapEvent>();
  readonly #onGap: (gap: GapEvent, subject: S) => void;

  constructor(onGap: (gap: GapEvent, subject: S) => void) {
    this.#onGap = onGap;
  }

  get(subject: S): GapEvent | undefined {
    return this.#holes.get(subject);
  }

  /** Opens a hole. One that is open already goes on: what else went wrong in it makes it no other. */
  open(subject: S, loss: Loss): void {
    if (this.#holes.has(subject)) return;
    const { channel, symbol } = subject;
    const gap: GapEvent = {
      reason: loss.reason,
      from: loss.fromNs === undefined ? undefined : formatTimestamp(loss.fromNs),
      channel,
      symbols: symbol === undefined ? [] : [symbol],
      connectionId: loss.connectionId,
      repaired: false,
      detail: loss.detail,
    };
    this.#holes.set(subject, gap);
    this.#onGap(gap, subject);
  }

  /** The data is back, or nobody wants it any more. */
  close(subject: S, toNs: bigint): void {
    const gap = this.#holes.get(subject);
    if (gap === undefined) return;
    this.#holes.delete(subject);
    this.#onGap({ ...gap, to: formatTimestamp(toNs) }, subject);
  }
}
