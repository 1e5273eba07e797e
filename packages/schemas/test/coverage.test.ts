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

const rows: string[][] = [];

function expectCovered(
  surface: string,
  part: string,
  names: readonly string[],
  have: readonly unknown[],
): void {
  for (const name of names)
    rows.push([surface, name, part, have.includes(name) ? 'yes' : 'MISSING']);
  expect(
    names.filter((name) => !have.includes(name)),
    `${surface} ${part}`,
  ).toStrictEqual([]);
}

describe('every documented channel, method and path has its schemas', () => {
  it('Spot v2', () => {
    expectCovered('Spot v2', 'frame', documented.wsChannels, Object.keys(wsFrameSchemas));
    const pushed = new Set(['status', 'heartbeat']);
    const asked = documented.wsChannels.filter((channel) => !pushed.has(channel));
    expectCovered('Spot v2', 'subscribe', asked, optionsOf(subscribeParamsSchema, 'channel'));
    expectCovered('Spot v2', 'unsubscribe', asked, optionsOf(unsubscribeParamsSchema, 'channel'));
    expectCovered('Spot v2', 'request', documented.wsMethods, optionsOf(wsRequestSchema, 'method'));
    const acks = Object.keys(wsAckSchemas).map((name) => (name === 'pong' ? 'ping' : name));
    expectCovered('Spot v2', 'acknowledgement', documented.wsMethods, acks);
  });

  it('Unified', () => {
    expectCovered('Unified', 'frame', documented.uwsChannels, Object.keys(uwsFrameSchemas));
    const asked = documented.uwsChannels.filter((channel) => channel !== 'heartbeat');
    expectCovered('Unified', 'subscribe', asked, optionsOf(uwsSubscribeParamsSchema, 'channel'));
    expectCovered(
      'Unified',
      'request',
      documented.uwsMethods,
      optionsOf(uwsRequestSchema, 'method'),
    );
    const acks = Object.keys(uwsAckSchemas).map((name) => (name === 'pong' ? 'ping' : name));
    expectCovered('Unified', 'acknowledgement', documented.uwsMethods, acks);
  });

  it('Spot v1', () => {
    expectCovered('Spot v1', 'frame', documented.spotV1Channels, Object.keys(spotV1FrameSchemas));
    expectCovered('Spot v1', 'event', documented.spotV1Events, Object.keys(spotV1EventSchemas));
    const requests = Object.keys(spotV1).flatMap(
      (name) => /^(.*)RequestSchema$/.exec(name)?.[1] ?? [],
    );
    expectCovered('Spot v1', 'request', documented.spotV1Requests, requests);
  });

  it('Futures v1', () => {
    expectCovered(
      'Futures v1',
      'frame',
      documented.futuresFrames,
      Object.keys(futuresFrameSchemas),
    );
    expectCovered(
      'Futures v1',
      'event',
      documented.futuresEvents,
      Object.keys(futuresEventSchemas),
    );
    const requests = Object.keys(futuresWs).flatMap(
      (name) => /^(.*)RequestSchema$/.exec(name)?.[1] ?? [],
    );
    expectCovered('Futures v1', 'request', documented.futuresRequests, requests);
    const feeds = [...futuresWs.publicFeeds, ...futuresWs.privateFeeds];
    expectCovered('Futures v1', 'subscribe', documented.futuresFeeds, feeds);
  });

  it('Spot REST', () => {
    const paths = Object.values(spotEndpoints).map(({ method, path }) => `${method} ${path}`);
    expectCovered('Spot REST', 'parameters and result', documented.spotPaths, paths);
    expect(paths.filter((path) => !documented.spotPaths.includes(path))).toStrictEqual([]);
    const misnamed = Object.entries(spotEndpoints).filter(
      ([name, { path }]) => !path.endsWith(`/${name}`),
    );
    expect(misnamed).toStrictEqual([]);
  });

  it('Futures REST', () => {
    const paths = Object.values(futuresEndpoints).map(
      ({ method, api, path }) => `${method} ${api}${path}`,
    );
    expectCovered('Futures REST', 'parameters and result', documented.futuresPaths, paths);
    expect(paths.filter((path) => !documented.futuresPaths.includes(path))).toStrictEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    // What is in braces must be a parameter.
    for (const { path, params } of Object.values(futuresEndpoints)) {
      const shape: object = definitionOf(params).type === 'object' ? params.shape : {};
      for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) expect(shape).toHaveProperty(name);
    }
  });

  it('COVERAGE.md says so', async () => {
    const surfaces = [...new Set(rows.map(([surface = '']) => surface))];
    const tables = surfaces.map((surface) => {
      const own = rows.filter((row) => row[0] === surface);
      const names = [...new Set(own.map((row) => row[1] ?? ''))];
      const lines = names.map((name) => {
        const parts = own
          .filter((row) => row[1] === name)
          .map((row) => `${row[2]}${row[3] === 'yes' ? '' : ' MISSING'}`);
        return `| \`${name}\` | ${parts.join(', ')} |`;
      });
      return `## ${surface} (${names.length})\n\n| name | schemas |\n| --- | --- |\n${lines.join('\n')}\n`;
    });
    const text = `# Coverage\n\nWritten by \`test/coverage.test.ts\` from the documented names (\`test/documented.ts\`) and the schemas.\nA failed acknowledgement has one schema for every method (\`failedAckSchema\`).\n\n${tables.join('\n')}`;
    await expect(text).toMatchFileSnapshot('../COVERAGE.md');
  });
});
