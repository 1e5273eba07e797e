import type { Params } from '../protocol/protocol.ts';

/**
 * How many messages a subscription brings, against those of the quietest: seen on the wire in 2026,
 * documented nowhere, and so an option.
 */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['book', 4],
  ['level3', 10],
  ['ticker', 2],
]);

export type WeightOf = (channel: string, params: Params) => number;

export const defaultWeight: WeightOf = (channel, { depth }) => {
  const weight = WEIGHTS.get(channel) ?? 1;
  return channel === 'book' && typeof depth === 'number' && depth >= 100 ? weight * 2 : weight;
};
