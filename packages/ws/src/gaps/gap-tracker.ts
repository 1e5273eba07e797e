import { formatTimestamp, type GapEvent } from '@kr/schemas/shared';

interface Hole {
  readonly from: string | undefined;
  readonly connectionId: number;
  readonly detail: string;
}

/**
 * The holes that disconnects leave where nothing was subscribed that could have one of its own: from
 * the last frame before to the first frame after.
 */
export class GapTracker {
  #lastFrameNs: bigint | undefined;
  #hole: Hole | undefined;

  /** A connection that had been open is gone. A hole that is open already goes on. */
  lost(connectionId: number, detail: string): void {
    const from = this.#lastFrameNs === undefined ? undefined : formatTimestamp(this.#lastFrameNs);
    this.#hole ??= { from, connectionId, detail };
  }

  /** A frame came: answers the hole that it ends. */
  frame(wallNs: bigint): GapEvent | undefined {
    this.#lastFrameNs = wallNs;
    return this.#hole === undefined ? undefined : this.#take(formatTimestamp(wallNs));
  }

  /** No frame will come any more: answers the hole that stays open. */
  end(): GapEvent | undefined {
    return this.#take(undefined);
  }

  #take(to: string | undefined): GapEvent | undefined {
    const hole = this.#hole;
    if (hole === undefined) return undefined;
    this.#hole = undefined;
    return { reason: 'disconnect', to, symbols: [], repaired: false, ...hole };
  }
}
