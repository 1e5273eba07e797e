import type { FeedConfig } from '../config/schema.ts';
import { matchesAny } from '../symbols/patterns.ts';
import { hasSymbols } from './channels.ts';
import type { Feed } from './feed.ts';

/** One subscription on the wire: a channel, at most one symbol, and a depth, interval or trigger. */
export interface PlannedFeed {
  /** The same for the same subscription, whoever asks for it. */
  readonly key: string;
  readonly channel: string;
  readonly symbol: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Every subscription that the feeds come to, each once. Which connection carries it is left to
 * `@kr/ws`, which places it by number, weight and access.
 */
export const planFeeds = (feeds: readonly Feed[]): PlannedFeed[] => {
  const planned = new Map<string, PlannedFeed>();
  for (const { channel, symbol: symbols, ...rest } of feeds) {
    const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
    const parameters = Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    for (const symbol of symbols ?? [undefined]) {
      const key = JSON.stringify([channel, symbol ?? null, parameters]);
      planned.set(key, { key, channel, symbol, parameters });
    }
  }
  return [...planned.values()];
};

export interface PlanChange {
  readonly added: readonly PlannedFeed[];
  readonly removed: readonly PlannedFeed[];
}

/** What leads from one plan to another. What is in both is not touched. */
export const comparePlans = (
  from: readonly PlannedFeed[],
  to: readonly PlannedFeed[],
): PlanChange => {
  const [before, after] = [from, to].map((plan) => new Set(plan.map(({ key }) => key)));
  return {
    added: to.filter(({ key }) => before?.has(key) !== true),
    removed: from.filter(({ key }) => after?.has(key) !== true),
  };
};

/** The symbols of each kind of subscription together: what a recording's header says of it. */
export const feedsOf = (plan: readonly PlannedFeed[]): Feed[] => {
  const groups = new Map<string, { channel: string; symbol?: string[] }>();
  for (const { channel, symbol, parameters } of plan) {
    const key = JSON.stringify([channel, parameters, symbol === undefined]);
    const group = groups.get(key) ?? { channel, ...parameters };
    if (symbol !== undefined) group.symbol = [...(group.symbol ?? []), symbol];
    groups.set(key, group);
  }
  return [...groups.values()];
};

/**
 * The feeds that settings ask for: each depth and each interval is one of its own, and each has the
 * symbols that were chosen, or those of them, or of all there are, that it names itself.
 */
export const expandFeeds = (
  feeds: readonly FeedConfig[],
  chosen: readonly string[],
  known: readonly string[],
): Feed[] =>
  feeds.flatMap((feed): Feed[] => {
    if (!hasSymbols(feed.channel)) return [{ channel: feed.channel }];
    const { symbols: own, ...rest } = feed as FeedConfig & { symbols?: string[] };
    const symbol = own === undefined ? [...chosen] : pickOwn(own, known);
    return variantsOf(rest).map((variant) => ({ ...variant, symbol }));
  });

const pickOwn = (own: readonly string[], known: readonly string[]): string[] => {
  const named = own.filter((name) => !name.includes('*'));
  const matched = known.filter((name) => matchesAny(name, own));
  return [...new Set([...named, ...matched])];
};

const variantsOf = (feed: Omit<FeedConfig, 'symbols'>): Feed[] => {
  if ('depth' in feed) return (feed.depth as number[]).map((depth) => ({ ...feed, depth }));
  if (!('interval' in feed)) return [feed];
  return (feed.interval as number[]).map((interval) => ({ ...feed, interval }));
};
