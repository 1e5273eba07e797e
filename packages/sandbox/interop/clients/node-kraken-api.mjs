// node-kraken-api, REST and the v1 sockets: its hosts are written into it, so the addresses are changed
// where it asks for one.
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

/**
 * The first of an event's arguments that fits.
 * @param {any} source @param {string} event @param {(...args: any[]) => any} fits
 */
const heard = (source, event, fits = () => true) =>
  new Promise((resolve, reject) => {
    source.on(event, (/** @type {any[]} */ ...args) => {
      if (fits(...args)) resolve(args[0]);
    });
    source.on('error', reject);
  });
const { ws } = kraken;
// It puts `:443` behind the name.
Object.assign(ws.pub, { hostname: `${hostname}:${port}/?` });
Object.assign(ws.priv, { hostname: `${hostname}:${port}/?` });
const PAIR = 'XBT/USD';
await step('ws ticker', async () => {
  const it = ws.ticker();
  const seen = heard(it, 'update', ({ a, b }) => Number(b[0]) < Number(a[0]));
  await it.subscribe(PAIR);
  return (await seen).c[0];
});
await step('ws ohlc, trade, spread', async () => {
  for (const channel of [ws.ohlc({ interval: 5 }), ws.trade(), ws.spread()]) {
    const seen = heard(channel, 'update', (_row, pair) => pair === PAIR);
    await channel.subscribe(PAIR);
    await seen;
    await channel.unsubscribe(PAIR);
  }
});
await step('ws book, mirrored and verified by its checksums', async () => {
  const book = ws.book({ depth: 25 });
  let mirrors = 0;
  let snapshots = 0;
  book.on('snapshot', () => (snapshots += 1));
  const seen = heard(book, 'mirror', () => ++mirrors === 50);
  await book.subscribe(PAIR);
  await seen;
  // It subscribes anew when a checksum does not fit.
  expect(snapshots === 1, `one snapshot, not ${snapshots}`);
});
const { token } = await kraken.getWebSocketsToken();
const orders = ws.openOrders({ token });
const trades = ws.ownTrades({ token });
await step('ws openOrders, ownTrades', async () => {
  await orders.subscribe();
  await trades.subscribe();
});
await step('ws addOrder, cancelOrder, cancelAll', async () => {
  const closed = heard(orders, 'update', (/** @type {any[]} */ rows) =>
    rows.some((row) => Object.values(row)[0].status === 'canceled'),
  );
  const placed = await ws.addOrder({ ...order, pair: PAIR, token });
  const [said] = await ws.cancelOrder({ txid: [placed.txid], token });
  expect(said?.status === 'ok', 'it is cancelled');
  await closed;
  expect((await ws.cancelAll({ token })).count === 0, 'none is left');
});
await step('ws addOrder that is filled', async () => {
  const filled = heard(trades, 'update', (/** @type {any[]} */ rows) =>
    rows.some((row) => Object.values(row)[0].pair === PAIR),
  );
  const market = { ordertype: 'market', type: 'buy', pair: PAIR, volume: '0.01', token };
  const placed = await ws.addOrder(market);
  await filled;
  return placed.txid;
});
await step('ws cancelAllOrdersAfter', async () => {
  const { triggerTime } = await ws.cancelAllOrdersAfter({ timeout: 0, token });
  expect(triggerTime === '0', 'it is disarmed');
});
await step('ws refusal', async () => {
  const refused = await ws.addOrder({ ...order, pair: PAIR, volume: '1000000', token }).then(
    () => 'accepted',
    (/** @type {Error} */ error) => error.message,
  );
  expect(refused === 'EOrder:Insufficient funds', refused);
});
await step('ws close', async () => {
  await ws.pub.close();
  await ws.priv.close();
});
