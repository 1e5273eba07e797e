import type { GapEvent } from '@kr/schemas/shared';
import type { StateEvent } from '@kr/ws';

/**
 * Sees to it that the gap ledger has the end of every connection. One that goes while its streams are
 * whole leaves holes of theirs; one that goes before any of them has begun leaves none, and its end is a
 * row all the same: without it nobody could tell it from a connection of which something is missing.
 */
export class ConnectionEnds {
  /** Of connections that are up or have just gone. */
  readonly #told = new Set<number>();

  handleGap({ reason, connectionId, to }: GapEvent): void {
    if (reason === 'disconnect' && connectionId !== undefined && to === undefined) {
      this.#told.add(connectionId);
    }
  }

  /** The row that is missing, now that a connection has gone; `atTime` is RFC 3339. */
  handleState(event: StateEvent, atTime: () => string): GapEvent | undefined {
    if (event.to !== 'reconnecting') return undefined;
    const { connectionId } = event;
    const isTold = this.#told.delete(connectionId);
    const wasUp = event.from === 'open' || event.from === 'stale';
    if (isTold || !wasUp) return undefined;
    return {
      reason: 'disconnect',
      to: atTime(),
      symbols: [],
      connectionId,
      repaired: false,
      detail: 'the connection went before anything that it had asked for began',
    };
  }
}
