// ccxt.pro over WebSocket v2: what bots watch, and orders placed on the socket.
import ccxt from 'ccxt';
import { expect, place, step } from '../step.mjs';

const SYMBOL = 'BTC/USD';
const exchange = new ccxt.pro.kraken({
  apiKey: place.key,
  secret: place.secret,
  enableRateLimit: false,
});
const v2 = `${place.webSocket}/v2`;
Object.assign(exchange.urls['api'], { public: place.http, private: place.http });
Object.assign(exchange.urls['api']['ws'], { publicV2: v2, privateV2: v2 });
await exchange.loadMarkets();

const ticker = await step('watchTicker', async () => {
  const it = await exchange.watchTicker(SYMBOL);
  expect(Number(it.bid) < Number(it.ask), 'the bid is below the ask');
  return it;
});
await step('watchTickers', async () => {
  // It answers with those that moved.
  while (!(await exchange.watchTickers([SYMBOL, 'ETH/USD']))[SYMBOL]);
});
await step('watchOrderBook', async () => {
  for (let update = 0; update < 20; update += 1) {
    const { bids, asks } = await exchange.watchOrderBook(SYMBOL, 10);
    expect(bids[0][0] < asks[0][0], 'it is not crossed');
  }
});
await step('watchTrades', async () => (await exchange.watchTrades(SYMBOL)).length);
await step('watchOHLCV', async () => (await exchange.watchOHLCV(SYMBOL, '1m')).length);
await step('watchBalance', async () => {
  expect((await exchange.watchBalance())['total']['USD'] > 0, 'there are dollars');
});
const low = Number(exchange.priceToPrecision(SYMBOL, Number(ticker?.bid) * 0.9));
/** A watcher is told of what comes after its snapshot. @param {() => Promise<any[]>} watch @param {(row: any) => boolean} fits */
const until = async (watch, fits) => {
  for (;;) {
    const found = (await watch()).find(fits);
    if (found !== undefined) return found;
  }
};
await step('watchOrders', async () => {
  const seen = until(
    () => exchange.watchOrders(SYMBOL),
    (it) => it.status === 'open' && it.price === low,
  );
  await exchange.createOrder(SYMBOL, 'limit', 'buy', 0.01, low);
  return (await seen).id;
});
await step('watchMyTrades', async () => {
  const seen = until(
    () => exchange.watchMyTrades(SYMBOL),
    // One of perhaps several fills.
    (it) => it.side === 'sell',
  );
  await exchange.createOrder(SYMBOL, 'market', 'sell', 0.01);
  return (await seen).price;
});
const placed = await step('createOrderWs', () =>
  exchange.createOrderWs(SYMBOL, 'limit', 'buy', 0.01, low),
);
await step('editOrderWs', () =>
  exchange.editOrderWs(String(placed?.id), SYMBOL, 'limit', 'buy', 0.02, low),
);
await step('cancelOrderWs', () => exchange.cancelOrderWs(String(placed?.id)));
await step('cancelAllOrdersWs', () => exchange.cancelAllOrdersWs());
await step('close', () => exchange.close());
process.exit(0);
