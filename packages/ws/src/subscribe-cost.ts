/**
 * Units that the subscribe counter takes for one symbol. For `level3` they are documented by depth,
 * against a limit of 200 a second (https://docs.kraken.com/api/docs/websocket-v2/level3); for other
 * channels nothing is, and they count as 1.
 */
const LEVEL3_COSTS: Readonly<Record<string, number>> = { '10': 5, '100': 25, '1000': 100 };

/** What it costs to subscribe one symbol of this channel. */
export function subscribeCost(channel: string, params: Readonly<Record<string, unknown>>): number {
  if (channel !== 'level3') return 1;
  const { depth } = params;
  return LEVEL3_COSTS[typeof depth === 'number' ? String(depth) : '10'] ?? 100;
}
