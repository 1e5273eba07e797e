// kraken-api, the small old one: signs by itself and asks for everything by its name.
import KrakenClient from 'kraken-api';
import { expect, place, step } from '../step.mjs';

const kraken = new KrakenClient(place.key, place.secret, { url: place.http });
/** @param {string} method @param {object} [params] */
const ask = async (method, params) => (await kraken.api(method, params)).result;

await step('Time', async () => (await ask('Time')).unixtime);
await step('AssetPairs', async () => Object.keys(await ask('AssetPairs')).join(' '));
await step('Ticker', async () => (await ask('Ticker', { pair: 'XXBTZUSD' })).XXBTZUSD.c[0]);
await step('Depth', async () => {
  const { XXBTZUSD: book } = await ask('Depth', { pair: 'XXBTZUSD', count: 5 });
  expect(book.bids.length === 5, 'five levels');
});
await step('Balance', async () => (await ask('Balance')).ZUSD);
await step('AddOrder, OpenOrders, CancelOrder', async () => {
  const order = {
    pair: 'XBTUSD',
    type: 'buy',
    ordertype: 'limit',
    price: '1000.0',
    volume: '0.01',
  };
  const [txid] = (await ask('AddOrder', order)).txid;
  expect((await ask('OpenOrders')).open[txid], 'the order rests');
  expect((await ask('CancelOrder', { txid })).count === 1, 'one is cancelled');
});
await step('refusal: EQuery:Unknown asset pair', async () => {
  const error = await ask('Ticker', { pair: 'NOPE' }).catch((e) => e);
  expect(String(error).includes('Unknown asset pair'), `the exchange's words, and it is ${error}`);
});
