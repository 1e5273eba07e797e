import { DataRouter } from './data-router.ts';
import { mentionsMethod, parseIncoming, startsAsData, systemStatus } from './incoming.ts';
import type { Params, Protocol } from './protocol.ts';
import * as refusals from './refusal.ts';

const DEFAULTS: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['book', { depth: 10 }],
  ['level3', { depth: 10 }],
  ['ohlc', { interval: 1 }],
  ['ticker', { event_trigger: 'trades' }],
]);

/**
 * Units that the subscribe counter takes for one symbol of `level3`, documented by depth, against a
 * limit of 200 a second (500 for pro accounts): https://docs.kraken.com/api/docs/websocket-v2/level3.
 * For other channels nothing is documented, and they count as 1.
 */
const LEVEL3_COSTS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [undefined, 5],
  [10, 5],
  [100, 25],
  [1000, 100],
]);

/** Channels that begin without a snapshot unless one is asked for. */
const SNAPSHOT_ON_DEMAND: ReadonlySet<string> = new Set(['trade']);
/** Channels that have snapshots at all: of an unknown one nothing is expected. */
const WITH_SNAPSHOT: ReadonlySet<string> = new Set([
  'balances',
  'book',
  'executions',
  'instrument',
  'level3',
  'ohlc',
  'ticker',
  'trade',
]);

/** The v2 sockets of Spot, and Level 3: https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const spotV2: Protocol = {
  name: 'spot-v2',
  formatRequest: (method, params, id) => JSON.stringify({ method, params, req_id: id }),
  isData: (bytes, awaitsAnswer) => startsAsData(bytes) && !(awaitsAnswer && mentionsMethod(bytes)),
  parse: parseIncoming,
  systemStatus,
  createRouter: () => new DataRouter(),
  defaultsOf: (channel) => DEFAULTS.get(channel) ?? {},
  costOf: (channel, { depth }) => (channel === 'level3' ? (LEVEL3_COSTS.get(depth) ?? 100) : 1),
  beginsWithSnapshot: (channel, { snapshot }) =>
    WITH_SNAPSHOT.has(channel) &&
    (typeof snapshot === 'boolean' ? snapshot : !SNAPSHOT_ON_DEMAND.has(channel)),
  refusals,
};
