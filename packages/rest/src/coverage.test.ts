import { futuresEndpoints } from '@kr/schemas/futures-rest';
import { spotEndpoints } from '@kr/schemas/rest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { documentedFuturesPaths, documentedSpotPaths } from '../test/documented-paths.ts';
import { ManualTime } from '../test/manual-time.ts';
import type { Endpoint } from './endpoint.ts';
import { FUTURES_NAMES, SPOT_NAMES } from './endpoint-names.ts';
import { futuresTable } from './futures-table.ts';
import { createFuturesClient, createSpotClient } from './index.ts';
import { methodName } from './method-types.ts';
import { spotTable } from './spot-table.ts';

const spot = Object.values(spotTable);
const futures = Object.values(futuresTable);
const time = new ManualTime();
const options = { clock: time, timers: time };

const keyOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

function tableOf(title: string, endpoints: readonly Endpoint[], documented: readonly string[]) {
  const rows = endpoints.map((endpoint) => {
    const effect = endpoint.mutates ? 'changes' : 'reads';
    return `| \`${keyOf(endpoint)}\` | \`${methodName(endpoint.name)}\` | ${endpoint.access} | ${effect} |`;
  });
  const known = new Set(endpoints.map(keyOf));
  const covered = documented.filter((path) => known.has(path));
  return [
    `## ${title}: ${covered.length} of ${documented.length} documented paths`,
    '',
    '| path | method | access | effect |',
    '| --- | --- | --- | --- |',
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
      tableOf('Spot', spot, documentedSpotPaths),
      tableOf('Futures', futures, documentedFuturesPaths),
    ].join('\n');
    await expect(table).toMatchFileSnapshot('../ENDPOINTS.md');
  });
});
