import type { BookChange, Level } from '../exchange/index.ts';
import type { Window } from './window.ts';

/** What a client of levels is told of one of them. */
export interface LevelChange {
  readonly ticks: number;
  /** What can be seen of it now; 0: it is gone. */
  readonly lots: bigint;
  /** Present for a level that did not change and moved up into the window: told again. */
  readonly promoted: Level | undefined;
}

/**
 * What a batch means for a window: a level that shrinks order by order is named once, by its last
 * quantity, one that went and came back twice; then those that moved up into the window.
 */
export function changedLevels(window: Window, changes: readonly BookChange[]): LevelChange[] {
  const rows: LevelChange[] = [];
  let last: BookChange | undefined;
  for (const change of changes) {
    if (!window.concerns(change)) continue;
    if (last !== undefined && (last.ticks !== change.ticks || last.levelLots === 0n)) {
      rows.push({ ticks: last.ticks, lots: last.levelLots, promoted: undefined });
    }
    last = change;
  }
  if (last !== undefined) {
    rows.push({ ticks: last.ticks, lots: last.levelLots, promoted: undefined });
  }
  for (const level of window.promoted()) {
    rows.push({ ticks: level.ticks, lots: level.lots, promoted: level });
  }
  window.remember();
  return rows;
}
