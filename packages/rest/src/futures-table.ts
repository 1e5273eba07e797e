import { formatText, parseWith } from '@kr/schemas';
import {
  type BatchOrderJson,
  batchOrderJsonSchema,
  type FuturesEndpoint,
  futuresEndpoints,
} from '@kr/schemas/futures-rest';
import { type Endpoint, type EndpointTable, formatOf } from './endpoint.ts';

const PERMISSIONS: Readonly<Record<FuturesEndpoint['access'], string>> = {
  public: 'public',
  any: 'any key',
  read: 'general, read only',
  full: 'general, full access',
  withdraw: 'withdrawal, full access',
};

/** `batchorder` takes JSON text in a form field, and its amounts are raw numbers there. */
const WRITERS: Readonly<Record<string, NonNullable<Endpoint['writeParams']>>> = {
  batchOrder: (params) => ({
    ...params,
    // Checked by `readParams`, and by `formatText` again.
    json: formatText(batchOrderJsonSchema, params['json'] as unknown as BatchOrderJson),
  }),
};

/**
 * The offers of RFQs take JSON, whose prices are numbers; all others take a form.
 * https://docs.kraken.com/api/docs/futures-api/trading/place-rfq-offer
 */
const JSON_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  placeRfqOffer: ['bid', 'ask'],
  replaceRfqOffer: ['bid', 'ask'],
  placeOffer: ['bid', 'ask'],
};

/** Every endpoint of Futures by its name. Loads all of their schemas, so it is loaded on demand. */
export const futuresTable: EndpointTable = Object.fromEntries(
  Object.entries<FuturesEndpoint>(futuresEndpoints).map(
    ([name, { method, api, path, access, params, result, mutates }]) => [
      name,
      {
        venue: 'futures',
        name,
        method,
        path: `${api}${path}`,
        access: access === 'public' ? 'public' : 'private',
        permission: PERMISSIONS[access],
        mutates,
        format: formatOf(name),
        readParams: (value) =>
          parseWith(params, value, `${name} parameters`) as Record<string, unknown>,
        readResult: (value) => parseWith(result, value, `${name} result`),
        ...(WRITERS[name] && { writeParams: WRITERS[name] }),
        ...(JSON_NUMBERS[name] && { jsonNumbers: JSON_NUMBERS[name] }),
      },
    ],
  ),
);
