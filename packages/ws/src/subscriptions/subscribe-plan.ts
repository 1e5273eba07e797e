import type { SubscriptionEntry } from './subscription-entry.ts';

/** However few symbols a request names, it is a message: at 200 units a second, 50 of them at most. */
const LEAST_COST = 4;

/** What a request for these takes of the pace. */
export function costOf(entries: readonly SubscriptionEntry[]): number {
  return Math.max(LEAST_COST, sumOf(entries));
}

function sumOf(entries: readonly SubscriptionEntry[]): number {
  return entries.reduce((sum, { cost }) => sum + cost, 0);
}

/**
 * Cuts entries into requests: channels without symbols first (instruments tell how to read the
 * rest), then by channel; each request of one channel with equal parameters, of a bounded number of
 * symbols and a bounded cost; entries to be asked for alone, alone.
 */
export function requestsFor(
  entries: readonly SubscriptionEntry[],
  maxSymbols: number,
  maxCost: number,
): SubscriptionEntry[][] {
  const groups = new Map<string, SubscriptionEntry[]>();
  for (const entry of entries.toSorted((one, other) => rank(one) - rank(other))) {
    const isShared = entry.symbol !== undefined && !entry.alone;
    const key = JSON.stringify([entry.channel, entry.params, isShared || groups.size]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].flatMap((group) => slices(group, maxSymbols, maxCost));
}

function rank({ symbol }: SubscriptionEntry): number {
  return symbol === undefined ? 0 : 1;
}

function slices(
  group: readonly SubscriptionEntry[],
  maxSymbols: number,
  maxCost: number,
): SubscriptionEntry[][] {
  const [first] = group;
  if (first === undefined) return [];
  // All of a group cost the same.
  const size = Math.max(1, Math.min(maxSymbols, Math.floor(maxCost / sumOf([first]))));
  const count = Math.ceil(group.length / size);
  return Array.from({ length: count }, (_, index) => group.slice(index * size, (index + 1) * size));
}
