import { readFileSync } from 'node:fs';
import { createCredentials, createNonceSource, createSpotSigner, Secret } from '@kr/auth';
import { parseText, strictOf } from '@kr/schemas';
import {
  assetPairsFeesResultSchema,
  assetPairsLeverageResultSchema,
  assetPairsMarginResultSchema,
  envelopeOf,
  type SpotEndpointName,
  spotEndpoints,
} from '@kr/schemas/rest';
import { createSystemClock } from '@kr/schemas/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { POLYGON } from './polygon.ts';
import { REST_ROWS, type RestRow } from './spot-rest-rows.ts';
import { documentedIn, fillIn, unsaid } from './vocabulary.ts';

type Fields = Readonly<Record<string, unknown>>;
type Encoding = 'form' | 'json';

const ACCOUNT = paperAccount('alice', { USD: '1000000', BTC: '10', MATIC: '10000' });
/** Its key asks for a password, and lets nonces be overtaken. */
const GUARDED = { ...paperAccount('guarded', { USD: '1' }), otp: '123456', nonceWindow: 5_000 };
const CLIENT_ID = 'desk-7-order';
const REFERENCE = 36_493_663;
/** What stands for an id in the rows. */
const WORD = /\{[\w-]+\}/;

/** What AssetPairs gives with `info`. */
const PAIR_RESULTS: Readonly<
  Record<string, (typeof spotEndpoints)['AssetPairs']['result'] | undefined>
> = {
  fees: assetPairsFeesResultSchema as never,
  leverage: assetPairsLeverageResultSchema as never,
  margin: assetPairsMarginResultSchema as never,
};

let paper: Awaited<ReturnType<typeof openPaper>>;
/** Of the account, and of the one that has a password. */
let signer: ReturnType<typeof createSpotSigner>;
let otpSigner: typeof signer;
/** What the words of the rows stand for. */
let ids: Record<string, string> = {};
let isChanged = true;

beforeAll(async () => {
  const { key, secret } = ACCOUNT;
  paper = await openPaper(
    [ACCOUNT, GUARDED],
    { source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD', POLYGON] } },
    new ManualTime(),
  );
  const credentials = createCredentials({ key, secret, environment: 'sandbox' });
  const nonces = createNonceSource({ clock: createSystemClock() });
  signer = createSpotSigner({ credentials, nonces });
  const guarded = { key: GUARDED.key, secret: GUARDED.secret, environment: 'sandbox' } as const;
  otpSigner = createSpotSigner({
    credentials: createCredentials(guarded),
    nonces,
    otp: new Secret(GUARDED.otp),
  });
});
afterAll(() => paper.sandbox.close());

/** The body of an answer, read strictly. */
async function ask(
  name: SpotEndpointName,
  params: Fields,
  encoding: Encoding = 'json',
): Promise<{ readonly error: readonly string[]; readonly result?: unknown }> {
  const given = Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  const { method, path, result } = spotEndpoints[name];
  const schema = name === 'AssetPairs' ? (PAIR_RESULTS[given['info'] ?? ''] ?? result) : result;
  const response =
    method === 'GET'
      ? await fetch(`${paper.url}/0${path}?${new URLSearchParams(given).toString()}`)
      : await post(`/0${path}`, given, encoding);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  return parseText(strictOf(envelopeOf(schema)), await response.text());
}

async function post(
  path: string,
  { otp, ...params }: Record<string, string>,
  encoding: Encoding,
): Promise<Response> {
  const own = otp === undefined ? signer : otpSigner;
  const { target, headers, body } = await own.sign({ path, params, encoding });
  return fetch(paper.url + target, { method: 'POST', headers, body: body ?? '' });
}

async function place(params: Fields): Promise<string> {
  const order = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: '1.2', price: '27500' };
  const { result } = await ask('AddOrder', { ...order, ...params });
  const { txid: [id = ''] = [] } = (result ?? {}) as { txid?: readonly string[] };
  return id;
}

/** An account with four open orders, one of them amended, and what a market order leaves behind. */
async function prepare(): Promise<void> {
  await ask('CancelAll', {});
  const open = await place({ userref: REFERENCE });
  await ask('AmendOrder', { txid: open, order_qty: '1.25' });
  const order = await place({ ordertype: 'market', volume: '0.01', price: undefined });
  const clientOrder = await place({ cl_ord_id: CLIENT_ID });
  const { result } = await ask('QueryOrders', { txid: order, trades: true });
  const { [order]: { trades: [trade = ''] = [] } = {} } = result as Record<
    string,
    { trades?: readonly string[] }
  >;
  const traded = await ask('TradesHistory', { ledgers: true });
  const { trades } = traded.result as { trades: Record<string, { ledgers?: readonly string[] }> };
  ids = {
    '{open}': open,
    '{order}': order,
    '{client}': CLIENT_ID,
    '{client-order}': clientOrder,
    '{iceberg}': await place({ ordertype: 'iceberg', volume: '1', displayvol: '0.2' }),
    '{stop}': await place({
      ...{ type: 'sell', ordertype: 'stop-loss-limit', volume: '0.5' },
      ...{ price: '40000', price2: '39000' },
    }),
    '{trade}': trade,
    '{ledger}': trades[trade]?.ledgers?.[0] ?? '',
  };
  isChanged = false;
}

/** What is said, and what is to be. */
async function run(
  { name, params, result, error }: RestRow,
  encoding: Encoding,
): Promise<readonly [said: object, wanted: object]> {
  const { mutates } = spotEndpoints[name];
  const needsOrders = name.startsWith('Cancel') || WORD.test(JSON.stringify([params, result]));
  if (needsOrders && (isChanged || mutates)) await prepare();
  else if (mutates && error === undefined) await ask('CancelAll', {});
  isChanged ||= mutates;
  const said = await ask(name, fillIn(params, ids), encoding);
  const wanted =
    error === undefined ? { error: [], result: fillIn(result, ids) } : { error: [error] };
  return [said, wanted];
}

const shown = ({ name, params }: RestRow): string => `${name} ${JSON.stringify(params)}`;
/** Lists and objects are for JSON alone. */
const isFlat = ({ name, params }: RestRow): boolean =>
  spotEndpoints[name].method === 'POST' &&
  Object.values(params).every((value) => typeof value !== 'object');

describe('the documented requests of Spot REST', () => {
  it.each(REST_ROWS.map((row) => [shown(row), row] as const))('%s', async (_, row) => {
    const [said, wanted] = await run(row, 'json');
    expect(said).toMatchObject(wanted);
    expect(Object.keys(said)).toStrictEqual(Object.keys(wanted));
  });
});

describe('the same as forms', () => {
  const rows = REST_ROWS.filter(isFlat);
  it.each(rows.map((row) => [shown(row), row] as const))('%s', async (_, row) => {
    const [said, wanted] = await run(row, 'form');
    expect(said).toMatchObject(wanted);
    expect(Object.keys(said)).toStrictEqual(Object.keys(wanted));
  });
});

describe('the table', () => {
  it('has every path, parameter and listed value', () => {
    const documented = Object.entries(spotEndpoints).flatMap(([name, { params }]) => [
      `.${name}`,
      ...documentedIn(params, `.${name}`),
    ]);
    const requests = REST_ROWS.map(({ name, params }) => ({ [name]: params }));
    expect(unsaid(documented, requests)).toStrictEqual([]);
  });

  it('has a result of every endpoint but those that are off, which the README lists', () => {
    const answered = new Set(REST_ROWS.filter(({ error }) => !error).map(({ name }) => name));
    const names = Object.keys(spotEndpoints) as SpotEndpointName[];
    const off = names.filter((name) => !answered.has(name));
    const errors = REST_ROWS.filter(({ name }) => !answered.has(name)).map(({ error }) => error);
    expect(new Set(errors)).toStrictEqual(new Set(['EAPI:Feature disabled']));
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, table = ''] =
      /^\| feature that is off[^\n]*\n\|[-| ]+\n((?:\|[^\n]*\n)+)/m.exec(readme) ?? [];
    const listed = new Set([...table.matchAll(/`([\w/]+)`/g)].map(([, name]) => name));
    expect(listed).toStrictEqual(new Set<string>(off));
  });
});
