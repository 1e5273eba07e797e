// ccxt.pro's krakenfutures over the v1 socket: what bots watch while they trade over REST.
import ccxt from 'ccxt';
import { expect, place, step } from '../step.mjs';

const SYMBOL = 'BTC/USD:USD';
const exchange = new ccxt.pro.krakenfutures({
  apiKey: place.futuresKey,
  secret: place.futuresSecret,
  enableRateLimit: false,
});
Object.assign(exchange.urls['api'], {
  public: `${place.http}/derivatives/api/`,
  private: `${place.http}/derivatives/api/`,
  charts: `${place.http}/api/charts/`,
  history: `${place.http}/api/history/`,
  ws: `${place.webSocket}/ws/v1`,
});
await exchange.loadMarkets();

const ticker = await step('watchTicker', async () => {
  const it = await exchange.watchTicker(SYMBOL);
  expect(Number(it.bid) < Number(it.ask), 'the bid is below the ask');
  return it;
});
await step('watchTickers', async () => {
  // It answers with those that moved.
  while (!(await exchange.watchTickers([SYMBOL, 'ETH/USD:USD']))[SYMBOL]);
});
await step('watchBidsAsks', () => exchange.watchBidsAsks([SYMBOL]));
await step('watchOrderBook', async () => {
  for (let update = 0; update < 20; update += 1) {
    const { bids, asks } = await exchange.watchOrderBook(SYMBOL);
    expect(bids[0][0] < asks[0][0], 'it is not crossed');
  }
});
await step('watchTrades', async () => (await exchange.watchTrades(SYMBOL)).length);
await step('watchBalance', async () => {
  // It answers with the first of its three wallets, and keeps all.
  await exchange.watchBalance();
  expect(exchange.balance['flex']['USD']['total'] > 0, 'there are dollars');
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
    (it) => it.side === 'buy' && it.price === low,
  );
  // It says that it is there before there is anything to tell.
  await exchange.createOrder(SYMBOL, 'limit', 'buy', 0.01, low);
  const { id } = await seen;
  const gone = until(
    () => exchange.watchOrders(SYMBOL),
    (it) => it.id === id && it.status === 'canceled',
  );
  await exchange.cancelOrder(id, SYMBOL);
  return (await gone).status;
});
await step('watchMyTrades and watchPositions', async () => {
  const fill = until(
    () => exchange.watchMyTrades(SYMBOL),
    // One of perhaps several fills.
    (it) => it.side === 'buy',
  );
  const position = until(
    () => exchange.watchPositions([SYMBOL]),
    (it) => it.side === 'long' && it.contracts > 0,
  );
  await exchange.createOrder(SYMBOL, 'market', 'buy', 0.01);
  await position;
  return (await fill).price;
});
await exchange.createOrder(SYMBOL, 'market', 'sell', 0.01, undefined, { reduceOnly: true });
await step('close', () => exchange.close());
process.exit(0);
