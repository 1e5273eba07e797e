import type { OpenPosition, OpenPositionsFrame } from '@kr/schemas/futures-ws';
import type { GapEvent } from '@kr/schemas/shared';
import type { PositionsFrame, Position as UnifiedPosition } from '@kr/schemas/uws';
import type { AccountClient } from './account-client.ts';
import type { AccountStatus, AccountStatusEvent } from './account-status.ts';
import { type Applied, KeyedFeed } from './keyed-feed.ts';

/** A position in a derivative. Numbers are the wire's digits. */
export interface Position {
  readonly symbol: string;
  /** Signed: what is short is negative. 0 of one that was closed. */
  readonly size: string;
  readonly entryPrice: string | undefined;
  /** As the exchange told it, under the names of its socket; absent of one that futures v1 left out: closed. */
  readonly wire: OpenPosition | UnifiedPosition | undefined;
}

export interface PositionsOptions {
  /** Each change of a position; `size` 0 when it was closed. */
  readonly onPosition?: ((position: Position) => void) | undefined;
  readonly onStatus?: ((event: AccountStatusEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

/** One's own positions, kept up to date. */
export interface PositionFeed extends AsyncDisposable {
  readonly status: AccountStatus;
  /** Those that are open. */
  readonly all: readonly Position[];
  get(symbol: string): Position | undefined;
  /** Resolves when it is live, at once if it is. @throws WsError `ABORTED`, or why it ended */
  live(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  close(): Promise<void>;
}

type Positions = ReadonlyMap<string, Position>;
type AppliedPositions = Applied<Position, never>;

/** Futures v1 tells all of them each time, and leaves out what is closed. */
function applyV1(message: unknown, known: Positions | undefined): AppliedPositions {
  const frame = message as OpenPositionsFrame;
  const all = new Map(
    frame.positions.map((wire): [string, Position] => {
      const { instrument: symbol, balance: size, entry_price: price } = wire;
      return [symbol, { symbol, size, entryPrice: price ?? undefined, wire }];
    }),
  );
  const changes: [Position, undefined][] = [];
  for (const position of all.values()) {
    const before = known?.get(position.symbol);
    const isSame = before?.size === position.size && before.entryPrice === position.entryPrice;
    if (!isSame) changes.push([position, undefined]);
  }
  for (const { symbol } of known?.values() ?? []) {
    if (!all.has(symbol)) changes.push([closed(symbol, undefined), undefined]);
  }
  return { all, isWhole: true, changes };
}

/** Unified tells them all once, and then those that changed. */
function applyUnified(
  message: unknown,
  known: Positions | undefined,
): AppliedPositions | string | undefined {
  const { type, data, error = data.error } = message as PositionsFrame;
  if (error !== undefined) return `the exchange has no snapshot of the positions: ${error}`;
  const isWhole = type === 'snapshot';
  if (!isWhole && known === undefined) return undefined;
  const all = new Map(isWhole ? [] : known);
  const changes: [Position, undefined][] = [];
  for (const wire of [...data.futures, ...data.options]) {
    const { symbol, size, entry_price: price } = wire;
    if (symbol === undefined) continue;
    const isClosed = /^-?[0.]+$/.test(size);
    const position = isClosed
      ? closed(symbol, wire)
      : { symbol, size, entryPrice: price ?? undefined, wire };
    if (isClosed) all.delete(symbol);
    else all.set(symbol, position);
    changes.push([position, undefined]);
  }
  return { all, isWhole, changes };
}

function closed(symbol: string, wire: UnifiedPosition | undefined): Position {
  return { symbol, size: '0', entryPrice: undefined, wire };
}

/**
 * Keeps one's own positions in derivatives, of a client of Unified or of futures v1. After a break they
 * are `live` again with the next snapshot.
 *
 * @throws WsError `INVALID_PARAMS` without what its private channels need, `CLOSED`
 */
export function positions(client: AccountClient, options: PositionsOptions = {}): PositionFeed {
  const { onPosition, onStatus, onGap } = options;
  const isV1 = client.protocol === 'futures-v1';
  return new KeyedFeed<Position, never>(client, {
    what: 'positions',
    channel: isV1 ? 'open_positions' : 'positions',
    apply: isV1 ? applyV1 : applyUnified,
    onChange: (position) => onPosition?.(position),
    onStatus,
    onGap,
  });
}
