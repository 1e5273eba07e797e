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
import * as documented from './documented.ts';

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

/** Surface, what of it, the documented names, those that have a schema. */
const claims: readonly (readonly [string, string, readonly string[], readonly unknown[]])[] = [
  ['Spot v2', 'frame', documented.wsChannels, Object.keys(wsFrameSchemas)],
  [
    'Spot v2',
    'subscribe',
    subscribable(documented.wsChannels),
    optionsOf(subscribeParamsSchema, 'channel'),
  ],
  [
    'Spot v2',
    'unsubscribe',
    subscribable(documented.wsChannels),
    optionsOf(unsubscribeParamsSchema, 'channel'),
  ],
  ['Spot v2', 'request', documented.wsMethods, optionsOf(wsRequestSchema, 'method')],
  ['Spot v2', 'acknowledgement', documented.wsMethods, acksOf(wsAckSchemas)],
  ['Unified', 'frame', documented.uwsChannels, Object.keys(uwsFrameSchemas)],
  [
    'Unified',
    'subscribe',
    subscribable(documented.uwsChannels),
    optionsOf(uwsSubscribeParamsSchema, 'channel'),
  ],
  ['Unified', 'request', documented.uwsMethods, optionsOf(uwsRequestSchema, 'method')],
  ['Unified', 'acknowledgement', documented.uwsMethods, acksOf(uwsAckSchemas)],
  ['Spot v1', 'frame', documented.spotV1Channels, Object.keys(spotV1FrameSchemas)],
  ['Spot v1', 'event', documented.spotV1Events, Object.keys(spotV1EventSchemas)],
  ['Spot v1', 'request', documented.spotV1Requests, requestsOf(spotV1)],
  ['Futures v1', 'frame', documented.futuresFrames, Object.keys(futuresFrameSchemas)],
  ['Futures v1', 'event', documented.futuresEvents, Object.keys(futuresEventSchemas)],
  ['Futures v1', 'request', documented.futuresRequests, requestsOf(futuresWs)],
  [
    'Futures v1',
    'subscribe',
    documented.futuresFeeds,
    [...futuresWs.publicFeeds, ...futuresWs.privateFeeds],
  ],
  ['Spot REST', 'parameters and result', documented.spotPaths, spotPaths],
  ['Futures REST', 'parameters and result', documented.futuresPaths, futuresPaths],
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
    const text = `# Coverage\n\nWritten by \`test/coverage.test.ts\` from the documented names (\`test/documented.ts\`) and the schemas.\nA failed acknowledgement has one schema for every method (\`failedAckSchema\`).\n\n${tables.join('\n')}`;
    await expect(text).toMatchFileSnapshot('../COVERAGE.md');
  });
});

describe('the tables of endpoints', () => {
  it('have nothing that is not documented, and nothing twice', () => {
    expect(spotPaths.filter((path) => !documented.spotPaths.includes(path))).toStrictEqual([]);
    expect(futuresPaths.filter((path) => !documented.futuresPaths.includes(path))).toStrictEqual(
      [],
    );
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
