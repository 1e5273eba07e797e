import { type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';

interface Drop {
  readonly fromNs: bigint;
  toNs: bigint;
  count: number;
}

/** Frames that found no room, by connection, until the rows of the gap ledger can be written. */
export class DropLedger {
  readonly #drops = new Map<number, Drop>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  get isEmpty(): boolean {
    return this.#drops.size === 0;
  }

  add({ connectionId, receivedAt: { wallNs } }: Frame): void {
    this.#total += 1;
    const drop = this.#drops.get(connectionId);
    if (drop === undefined) {
      this.#drops.set(connectionId, { fromNs: wallNs, toNs: wallNs, count: 1 });
    } else {
      drop.toNs = wallNs;
      drop.count += 1;
    }
  }

  /** The rows, one a connection; they are forgotten here. */
  take(): GapEvent[] {
    const gaps = [...this.#drops].map(
      ([connectionId, { fromNs, toNs, count }]): GapEvent => ({
        reason: 'drop',
        from: formatTimestamp(fromNs),
        to: formatTimestamp(toNs),
        symbols: [],
        connectionId,
        repaired: false,
        detail: `${count} frames came while the disk was behind and both buffers were full`,
      }),
    );
    this.#drops.clear();
    return gaps;
  }
}
