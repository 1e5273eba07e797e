import { describe, expect, it } from 'vitest';
import { futuresEndpoints } from '../src/futures-rest/endpoints.ts';
import * as futuresWs from '../src/futures-ws/index.ts';
import { futuresEventSchemas, futuresFrameSchemas } from '../src/futures-ws/index.ts';
import { spotEndpoints } from '../src/rest/endpoints.ts';
import * as spotV1 from '../src/spot-v1/index.ts';
import { spotV1EventSchemas, spotV1FrameSchemas } from '../src/spot-v1/index.ts';
import { uwsAckSchemas, uwsFrameSchemas, uwsRequestSchema } from '../src/uws/index.ts';
import { subscribeParamsSchema as uwsSubscribeParamsSchema } from '../src/uws/subscribe.ts';
import { wsAckSchemas, wsFrameSchemas, wsRequestSchema } from '../src/ws/index.ts';
import { subscribeParamsSchema, unsubscribeParamsSchema } from '../src/ws/subscribe.ts';
import { definitionOf, discriminatorValuesOf } from '../src/zod-internals.ts';
import { documentedNames, documentedPaths } from './documented/tables.ts';

/** The values by which a discriminated union tells its options apart. */
function optionsOf(union: Parameters<typeof definitionOf>[0], discriminator: string): unknown[] {
  const definition = definitionOf(union);
  const options = 'options' in definition ? definition.options : [];
  return options.flatMap((option) => [...discriminatorValuesOf(option, discriminator)]);
}

const acksOf = (schemas: object): string[] =>
  Object.keys(schemas).map((name) => (name === 'pong' ? 'ping' : name));
const requestsOf = (module: object): string[] =>
  Object.keys(module).flatMap((name) => /^(.*)RequestSchema$/.exec(name)?.[1] ?? []);
const subscribable = (channels: readonly string[]): string[] =>
  channels.filter((channel) => channel !== 'status' && channel !== 'heartbeat');

const spotPaths = Object.values(spotEndpoints).map(({ method, path }) => `${method} ${path}`);
const futuresPaths = Object.values(futuresEndpoints).map(
  ({ method, api, path }) => `${method} ${api}${path}`,
);

const wsChannels = documentedNames('spot-v2', 'frame');
const wsMethods = [...documentedNames('spot-v2', 'request'), 'subscribe', 'unsubscribe'];
// It may be pushed here too; no page says so.
const uwsChannels = documentedNames('uws', 'frame').filter((channel) => channel !== 'status');
const uwsMethods = [...documentedNames('uws', 'request'), 'subscribe', 'unsubscribe'];
const futuresFrames = documentedNames('futures-v1', 'frame');
const futuresFeeds = futuresFrames.filter((feed) => !feed.endsWith('_snapshot'));

/** Surface, what of it, the documented names, those that have a schema. */
const claims: readonly (readonly [string, string, readonly string[], readonly unknown[]])[] = [
  ['Spot v2', 'frame', wsChannels, Object.keys(wsFrameSchemas)],
  ['Spot v2', 'subscribe', subscribable(wsChannels), optionsOf(subscribeParamsSchema, 'channel')],
  [
    'Spot v2',
    'unsubscribe',
    subscribable(wsChannels),
    optionsOf(unsubscribeParamsSchema, 'channel'),
  ],
  ['Spot v2', 'request', wsMethods, optionsOf(wsRequestSchema, 'method')],
  ['Spot v2', 'acknowledgement', wsMethods, acksOf(wsAckSchemas)],
  ['Unified', 'frame', uwsChannels, Object.keys(uwsFrameSchemas)],
  [
    'Unified',
    'subscribe',
    subscribable(uwsChannels),
    optionsOf(uwsSubscribeParamsSchema, 'channel'),
  ],
  ['Unified', 'request', uwsMethods, optionsOf(uwsRequestSchema, 'method')],
  ['Unified', 'acknowledgement', uwsMethods, acksOf(uwsAckSchemas)],
  ['Spot v1', 'frame', documentedNames('spot-v1', 'frame'), Object.keys(spotV1FrameSchemas)],
  ['Spot v1', 'event', documentedNames('spot-v1', 'event'), Object.keys(spotV1EventSchemas)],
  ['Spot v1', 'request', documentedNames('spot-v1', 'request'), requestsOf(spotV1)],
  ['Futures v1', 'frame', futuresFrames, Object.keys(futuresFrameSchemas)],
  ['Futures v1', 'event', documentedNames('futures-v1', 'event'), Object.keys(futuresEventSchemas)],
  ['Futures v1', 'request', documentedNames('futures-v1', 'request'), requestsOf(futuresWs)],
  ['Futures v1', 'subscribe', futuresFeeds, [...futuresWs.publicFeeds, ...futuresWs.privateFeeds]],
  ['Spot REST', 'parameters and result', documentedPaths('spot-rest'), spotPaths],
  ['Futures REST', 'parameters and result', documentedPaths('futures-rest'), futuresPaths],
];

describe('every documented name has its schemas', () => {
  it.each(claims)('%s: %s', (_surface, _part, names, have) => {
    expect(names.filter((name) => !have.includes(name))).toStrictEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  it('COVERAGE.md says so', async () => {
    const surfaces = [...new Set(claims.map(([surface]) => surface))];
    const tables = surfaces.map((surface) => {
      const own = claims.filter((claim) => claim[0] === surface);
      const names = [...new Set(own.flatMap(([, , all]) => all))];
      const lines = names.map((name) => {
        const parts = own
          .filter(([, , all]) => all.includes(name))
          .map(([, part, , have]) => (have.includes(name) ? part : `${part} MISSING`));
        return `| \`${name}\` | ${parts.join(', ')} |`;
      });
      return `## ${surface} (${names.length})\n\n| name | schemas |\n| --- | --- |\n${lines.join('\n')}\n`;
    });
    const text = `# Coverage\n\nWritten by \`test/coverage.test.ts\` from the tables in \`test/documented\` and the schemas.\nA failed acknowledgement has one schema for every method (\`failedAckSchema\`).\n\n${tables.join('\n')}`;
    await expect(text).toMatchFileSnapshot('../COVERAGE.md');
  });
});

describe('the tables of endpoints', () => {
  it('have nothing that is not documented, and nothing twice', () => {
    expect(spotPaths.toSorted()).toStrictEqual(documentedPaths('spot-rest').toSorted());
    expect(futuresPaths.toSorted()).toStrictEqual(documentedPaths('futures-rest').toSorted());
    expect(new Set([...spotPaths, ...futuresPaths]).size).toBe(
      spotPaths.length + futuresPaths.length,
    );
  });

  it('name Spot endpoints as their paths do', () => {
    const misnamed = Object.entries(spotEndpoints).filter(
      ([name, { path }]) => !path.endsWith(`/${name}`),
    );
    expect(misnamed).toStrictEqual([]);
  });

  it('have a parameter for whatever is in braces', () => {
    const missing = Object.values(futuresEndpoints).flatMap(({ path, params }) =>
      [...path.matchAll(/\{(\w+)\}/g)].filter(
        ([, name = '']) => !Object.hasOwn(params.shape, name),
      ),
    );
    expect(missing).toStrictEqual([]);
  });
});
