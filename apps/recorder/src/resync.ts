import { formatTimestamp, type GapEvent } from '@kr/schemas/shared';

/** After this many resyncs in a row without a verified stretch, a symbol is left alone. */
const MAX_IN_A_ROW = 3;

export interface ResyncOptions {
  /** Subscribes one symbol's book anew: unsubscribe, then subscribe with a snapshot. */
  readonly resubscribe: (symbol: string) => Promise<void>;
  readonly onGap: (gap: GapEvent) => void;
}

interface Hole {
  readonly gap: GapEvent;
  attempts: number;
}

/**
 * What follows a failed checksum: that symbol alone is subscribed anew, its hole is written down when
 * it opens and again when it closes, and after three failures in a row it is quarantined. The other
 * symbols never notice.
 */
export class Resync {
  readonly #options: ResyncOptions;
  readonly #holes = new Map<string, Hole>();

  constructor(options: ResyncOptions) {
    this.#options = options;
  }

  /** A checksum failed, first seen at `wallNs`. */
  broken(symbol: string, detail: string, wallNs: bigint): void {
    const hole = this.#holes.get(symbol) ?? {
      gap: {
        reason: 'resync',
        from: formatTimestamp(wallNs),
        channel: 'book',
        symbols: [symbol],
        repaired: false,
        detail,
      },
      attempts: 0,
    };
    const isNew = hole.attempts === 0;
    hole.attempts += 1;
    this.#holes.set(symbol, hole);
    if (isNew) this.#options.onGap(hole.gap);
    if (hole.attempts > MAX_IN_A_ROW) {
      this.#options.onGap({ ...hole.gap, reason: 'quarantine' });
      return;
    }
    void this.#options.resubscribe(symbol);
  }

  /** A book verified again at `wallNs`: its hole, if it has one, ends there. */
  verified(symbol: string, wallNs: bigint): void {
    const hole = this.#holes.get(symbol);
    if (hole === undefined) return;
    this.#holes.delete(symbol);
    this.#options.onGap({ ...hole.gap, to: formatTimestamp(wallNs) });
  }
}
