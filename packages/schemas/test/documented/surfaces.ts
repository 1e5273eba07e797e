import type * as z from 'zod/mini';
import * as futuresRest from '../../src/futures-rest/index.ts';
import * as futuresWs from '../../src/futures-ws/index.ts';
import { gapEventSchema } from '../../src/gap-event.ts';
import * as rest from '../../src/rest/index.ts';
import * as spotV1 from '../../src/spot-v1/index.ts';
import * as uws from '../../src/uws/index.ts';
import * as ws from '../../src/ws/index.ts';
import { definitionOf, discriminatorValuesOf } from '../../src/zod-internals.ts';

type Schema = z.core.$ZodType;
type Subjects = Readonly<Record<string, Schema>>;

/** The schemas of a table by the subjects of its statements: `frame book`, `GET /public/Depth result`. */
export const surfaces: Readonly<Record<string, Subjects>> = {
  'spot-v2': {
    ...named('frame', ws.wsFrameSchemas),
    ...named('ack', ws.wsAckSchemas),
    refusal: ws.failedAckSchema,
    'refusal batch_add': ws.batchAddFailedAckSchema,
    error: ws.protocolErrorSchema,
    ...requestsOf(ws.wsRequestSchema),
    ...named('subscribe', optionsOf(ws.subscribeParamsSchema, 'channel')),
    ...named('unsubscribe', optionsOf(ws.unsubscribeParamsSchema, 'channel')),
  },
  uws: {
    ...named('frame', uws.uwsFrameSchemas),
    ...named('ack', uws.uwsAckSchemas),
    ...requestsOf(uws.uwsRequestSchema),
    ...named('subscribe', optionsOf(uws.subscribeParamsSchema, 'channel')),
  },
  'spot-v1': {
    ...named('frame', spotV1.spotV1FrameSchemas),
    ...named('event', spotV1.spotV1EventSchemas),
    ...named('request', exportsOf(spotV1, 'RequestSchema')),
  },
  'futures-v1': {
    ...named('frame', futuresWs.futuresFrameSchemas),
    ...named('event', futuresWs.futuresEventSchemas),
    ...named('request', exportsOf(futuresWs, 'RequestSchema')),
  },
  'spot-rest': {
    ...endpointsOf(rest.spotEndpoints, () => ''),
    envelope: rest.envelopeSchema,
    'GET /public/AssetPairs leverage': rest.assetPairsLeverageResultSchema,
    'GET /public/AssetPairs fees': rest.assetPairsFeesResultSchema,
    'GET /public/AssetPairs margin': rest.assetPairsMarginResultSchema,
  },
  'futures-rest': {
    ...endpointsOf(futuresRest.futuresEndpoints, ({ api }) => api),
    error: futuresRest.errorResultSchema,
    'status error': futuresRest.statusErrorResultSchema,
  },
  shared: { 'gap event': gapEventSchema },
};

function named(prefix: string, schemas: Subjects): Subjects {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`${prefix} ${name}`, schema]),
  );
}

/** Those of a union, by what tells them apart. */
function optionsOf(union: Schema, discriminator: string): Subjects {
  const definition = definitionOf(union);
  const options = 'options' in definition ? definition.options : [];
  return Object.fromEntries(
    options.flatMap((option) =>
      discriminatorValuesOf(option, discriminator).map((value) => [String(value), option]),
    ),
  );
}

/** Subscriptions have statements of their own, one a channel. */
function requestsOf(union: Schema): Subjects {
  const { subscribe: _, unsubscribe: __, ...requests } = optionsOf(union, 'method');
  return named('request', requests);
}

function exportsOf(module: object, ending: string): Subjects {
  return Object.fromEntries(
    Object.entries(module)
      .filter(([name]) => name.endsWith(ending))
      .map(([name, schema]) => [name.slice(0, -ending.length), schema as Schema]),
  );
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly params: Schema;
  readonly result: Schema;
}

function endpointsOf<E extends Endpoint>(
  endpoints: Readonly<Record<string, E>>,
  apiOf: (endpoint: E) => string,
): Subjects {
  return Object.fromEntries(
    Object.values(endpoints).flatMap((endpoint) => {
      const line = `${endpoint.method} ${apiOf(endpoint)}${endpoint.path}`;
      return [
        [`${line} params`, endpoint.params],
        [`${line} result`, endpoint.result],
      ];
    }),
  );
}
