import { createCredentials, createFuturesSigner } from '@kr/auth';
import { describe, expect, it } from 'vitest';
import { type Heard, withFuturesExchange } from '../test/futures-exchange.ts';
import { FUTURES_SECRET, failureOf } from '../test/kraken.ts';
import type { FuturesClient } from './index.ts';

const rfqUid = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const bodyOf = ({ method, path, headers, text }: Heard): string =>
  `${method} ${path} ${headers['content-type'] ?? '-'} ${text}`;

const takesIt = () => ({});

describe('an offer on an RFQ of Futures', () => {
  it.each<[string, (client: FuturesClient) => Promise<unknown>]>([
    [
      `POST /derivatives/api/v3/rfqs/${rfqUid}/place-offer application/json {"bid":100.50,"ask":101.75}`,
      (client) => client.placeRfqOffer({ rfqUid, bid: '100.50', ask: '101.75' }),
    ],
    [
      `PUT /derivatives/api/v3/rfqs/${rfqUid}/replace-offer application/json {"ask":0.000000010}`,
      (client) => client.replaceRfqOffer({ rfqUid, ask: '0.000000010' }),
    ],
    [
      `POST /derivatives/api/v3/rfqs/place-offer/${rfqUid} application/json {"bid":12345678901234567890.5}`,
      (client) => client.placeOffer({ rfqUid, bid: '12345678901234567890.5' }),
    ],
  ])('is sent as %s', async (wanted, call) => {
    await withFuturesExchange(async (client, heard) => {
      expect(await call(client)).toHaveProperty('result', 'success');
      expect(heard.map(bodyOf)).toStrictEqual([wanted]);
    });
  });

  it('has what Authent covers of it by option, for no vector shows it', async () => {
    const credentials = createCredentials({
      venue: 'futures',
      key: 'futures-key',
      secret: FUTURES_SECRET,
      environment: 'sandbox',
    });
    for (const postDataOfJson of [() => '', encodeURIComponent]) {
      const signer = createFuturesSigner({ credentials, postDataOfJson });
      const offer = { rfqUid, bid: '1.50' };
      await withFuturesExchange(
        async (client, heard) => {
          await client.placeRfqOffer(offer);
          expect(heard.map(({ text }) => text)).toStrictEqual(['{"bid":1.50}']);
        },
        takesIt,
        { postDataOfJson, signer },
      );
      await withFuturesExchange(
        async (client) => {
          const error = await failureOf(client.placeRfqOffer(offer));
          expect(error).toMatchObject({ code: 'REJECTED', category: 'auth', effect: 'none' });
        },
        takesIt,
        { signer },
      );
    }
  });

  it('is refused before it is sent when a price is no decimal', async () => {
    await withFuturesExchange(async (client, heard) => {
      for (const bid of ['', '1e5x', '1_000', 'NaN']) {
        const error = await failureOf(client.placeRfqOffer({ rfqUid, bid }));
        expect(error).toMatchObject({ code: 'INVALID_PARAMS', context: { field: 'bid' } });
      }
      expect(heard).toHaveLength(0);
    });
  });
});

describe('the encoding of a signed request', () => {
  it('can be chosen for any path and any method', async () => {
    await withFuturesExchange(async (client, heard) => {
      const path = '/derivatives/api/v3/not-known-yet';
      await client.request('POST', path, { a: 'b c', n: 1, none: undefined });
      await client.request(
        'POST',
        path,
        { a: 'b c', n: 1, rows: [{ x: 2n }] },
        { encoding: 'json' },
      );
      await client.request('DELETE', path, { a: 'b c' }, { encoding: 'json' });
      await client.placeRfqOffer({ rfqUid, bid: '1.50' }, { encoding: 'form' });
      await client.createRfq({ json: { legs: [{ symbol: 'PF_XBTUSD', size: '1' }] } });
      expect(heard.map(bodyOf)).toStrictEqual([
        `POST ${path} application/x-www-form-urlencoded a=b+c&n=1`,
        `POST ${path} application/json {"a":"b c","n":1,"rows":[{"x":2}]}`,
        `DELETE ${path} - a=b+c`,
        `POST /derivatives/api/v3/rfqs/${rfqUid}/place-offer application/x-www-form-urlencoded bid=1.50`,
        `POST /derivatives/api/v3/rfqs/open-rfqs application/x-www-form-urlencoded json=${encodeURIComponent('{"legs":[{"symbol":"PF_XBTUSD","size":"1"}]}')}`,
      ]);
    });
  });
});
