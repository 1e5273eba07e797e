import type { GapEvent } from '@kr/schemas/shared';
import type { EntryListener } from '../subscriptions/coverage.ts';
import { HoleLedger } from './hole-ledger.ts';

/** The holes of a connection that no client has put its own ledger over. */
export function ownHoles(onGap: (gap: GapEvent) => void): EntryListener {
  const holes = new HoleLedger(onGap);
  return {
    onCovered: (entry, atNs) => {
      holes.close(entry, atNs);
    },
    onLost: (entry, loss) => {
      holes.open(entry, loss);
    },
    onForgotten: (entry, atNs) => {
      holes.close(entry, atNs);
    },
  };
}
