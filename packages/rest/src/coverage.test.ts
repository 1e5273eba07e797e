import { futuresEndpoints } from '@kr/schemas/futures-rest';
import { spotEndpoints } from '@kr/schemas/rest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { fieldsOf, resultOf, type Schema } from '../test/describe-schema.ts';
import { documentedFuturesPaths, documentedSpotPaths } from '../test/documented-paths.ts';
import { ManualTime } from '../test/manual-time.ts';
import type { Endpoint } from './endpoint.ts';
import { FORMATS } from './endpoint.ts';
import { FUTURES_NAMES, SPOT_NAMES } from './endpoint-names.ts';
import { futuresTable } from './futures-table.ts';
import {
  createFuturesClient,
  createFuturesGovernor,
  createSpotClient,
  createSpotGovernor,
  type GovernedCall,
  spotLimits,
} from './index.ts';
import { methodName } from './method-types.ts';
import { spotTable } from './spot-table.ts';

const spot = Object.values(spotTable);
const futures = Object.values(futuresTable);
const time = new ManualTime();
const options = { clock: time, timers: time };

const keyOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

const governors = {
  spot: createSpotGovernor({ ...options, limits: spotLimits('pro') }),
  futures: createFuturesGovernor(options),
};
// One order, so that there is a pair to cancel all orders of.
governors.spot.plan(callOf('spot', 'AddOrder', 'private'));

function callOf(venue: Endpoint['venue'], name: string, access: Endpoint['access']): GovernedCall {
  // A batch of two, and an order of which nothing is known: it counts as new.
  const params = { pair: 'PAIR', orders: ['', ''], txid: 'O', json: { batchOrder: [{}] } };
  return { venue, name, access, params };
}

/** What the governor charges: `rest 4`, `trading up to 8`. */
function costOf({ venue, name, access }: Endpoint): string {
  const { cost, scope } = governors[venue].plan(callOf(venue, name, access));
  const [counter = ''] = scope.split(' ');
  if (cost === 0) return 'nothing';
  if (counter === 'public') return '1 a second and pair';
  if (name === 'AddOrderBatch') return 'trading n/2';
  if (name === 'batchOrder') return 'derivatives 9 + n';
  const isAged = counter === 'trading' && /^(?:Amend|Edit|Cancel)Order/.test(name);
  return isAged ? `${counter} up to ${cost}` : `${counter} ${cost}`;
}

function tableOf(title: string, endpoints: readonly Endpoint[], documented: readonly string[]) {
  const schemas: Readonly<Record<string, { params: unknown; result: unknown }>> = {
    ...(title === 'Spot' ? spotEndpoints : futuresEndpoints),
  };
  const rows = endpoints.map((endpoint) => {
    const { name, mutates, permission } = endpoint;
    const { params, result } = schemas[name] as { params: Schema; result: Schema };
    const cells = [
      `\`${keyOf(endpoint)}\``,
      `\`${methodName(name)}\``,
      permission,
      costOf(endpoint),
      mutates ? 'changes' : 'reads',
      fieldsOf(params, 40) || '–',
      FORMATS[name] ?? resultOf(result),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const known = new Set(endpoints.map(keyOf));
  const covered = documented.filter((path) => known.has(path));
  return [
    `## ${title}: ${covered.length} of ${documented.length} documented paths`,
    '',
    '| path | method | permission | cost | effect | parameters | result |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

describe('the endpoints', () => {
  it.each([
    ['Spot', spot, documentedSpotPaths],
    ['Futures', futures, documentedFuturesPaths],
  ] as const)(
    'cover every documented path of %s, each with parameters and result',
    (_, endpoints, paths) => {
      const known = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
      expect(paths.filter((path) => !known.has(path))).toStrictEqual([]);
      expect(
        endpoints.filter(({ readParams, readResult }) => !readParams || !readResult),
      ).toStrictEqual([]);
    },
  );

  it('are methods of the clients, and typed', () => {
    expect(SPOT_NAMES).toStrictEqual(Object.keys(spotEndpoints));
    expect(FUTURES_NAMES).toStrictEqual(Object.keys(futuresEndpoints));
    const spotClient = createSpotClient(options);
    const futuresClient = createFuturesClient(options);
    for (const { name } of spot) expect(spotClient).toHaveProperty(methodName(name));
    for (const { name } of futures) expect(futuresClient).toHaveProperty(methodName(name));
    expectTypeOf(spotClient.addOrder).parameter(0).toHaveProperty('ordertype');
    expectTypeOf(spotClient.earnAllocate).parameter(0).toHaveProperty('strategy_id');
    expectTypeOf(spotClient.ohlc).parameter(0).toHaveProperty('interval');
    expectTypeOf(spotClient.balance).returns.resolves.toEqualTypeOf<Record<string, string>>();
    expectTypeOf(spotClient.retrieveExport).returns.resolves.toExtend<Uint8Array>();
    expectTypeOf(futuresClient.sendOrder).parameter(0).toHaveProperty('cliOrdId');
    expectTypeOf(futuresClient.openOrders).returns.resolves.toHaveProperty('openOrders');
  });

  it('are listed in ENDPOINTS.md, which this test writes', async () => {
    const table = [
      '# Endpoints',
      '',
      'Costs are of the counters that a governor keeps: `rest` and `trading` (one a pair) of a Pro account,',
      '`derivatives` and `history`. What an order costs falls with its age. `?` marks what can be left out.',
      '',
      tableOf('Spot', spot, documentedSpotPaths),
      tableOf('Futures', futures, documentedFuturesPaths),
    ].join('\n');
    await expect(table).toMatchFileSnapshot('../ENDPOINTS.md');
  });
});
