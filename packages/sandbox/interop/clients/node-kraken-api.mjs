// node-kraken-api: its host is written into it, so the addresses are changed where it asks for one.
import https from 'node:https';
import { expect, place, step } from '../step.mjs';

const { hostname, port } = new URL(place.http);
const { request } = https;
https.request = (/** @type {any} */ options, /** @type {any} */ ...rest) =>
  request({ ...options, hostname, host: hostname, port }, ...rest);
const { Kraken } = await import('node-kraken-api');
const kraken = new Kraken({ key: place.key, secret: place.secret });

await step('time', async () => (await kraken.time()).unixtime);
await step('systemStatus', async () => (await kraken.systemStatus()).status);
await step('assets', async () => Object.keys(await kraken.assets()).join(' '));
await step('assetPairs', async () => Object.keys(await kraken.assetPairs()).join(' '));
await step('ticker', async () => {
  const { XXBTZUSD: it } = await kraken.ticker({ pair: 'XXBTZUSD' });
  return it?.c?.[0];
});
await step('ohlc', async () => {
  expect((await kraken.ohlc({ pair: 'XXBTZUSD' }))['XXBTZUSD'], 'candles of the pair');
});
await step('depth', async () => {
  expect((await kraken.depth({ pair: 'XXBTZUSD' }))['XXBTZUSD']?.bids?.length, 'there are bids');
});
await step('trades', async () => (await kraken.trades({ pair: 'XXBTZUSD' })).last);
await step('spread', async () => (await kraken.spread({ pair: 'XXBTZUSD' })).last);
await step('balance', async () => (await kraken.balance())['ZUSD']);
await step('tradeBalance', async () => (await kraken.tradeBalance()).eb);
await step('getWebSocketsToken', async () => {
  expect((await kraken.getWebSocketsToken()).token, 'a token');
});
const order = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', price: '1000.0', volume: '0.01' };
const added = await step('addOrder', () => kraken.addOrder(order));
const txid = String(added?.txid?.[0]);
await step('openOrders', async () => {
  expect((await kraken.openOrders()).open?.[txid], 'the order rests');
});
await step('queryOrders', async () => (await kraken.queryOrders({ txid }))[txid]?.status);
await step('editOrder, cancelOrder', async () => {
  const edited = await kraken.request(
    'EditOrder',
    { txid, pair: 'XBTUSD', price: '999.0' },
    'private',
  );
  const { count } = await kraken.cancelOrder({ txid: edited.txid });
  expect(count === 1, 'one is cancelled');
});
await step(
  'closedOrders',
  async () => Object.keys((await kraken.closedOrders()).closed ?? {}).length,
);
await step('tradesHistory', async () => (await kraken.tradesHistory()).count);
await step('ledgers', async () => (await kraken.ledgers()).count);
await step('tradeVolume', async () => (await kraken.tradeVolume()).currency);
