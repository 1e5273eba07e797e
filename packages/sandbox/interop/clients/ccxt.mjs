// ccxt over REST: the usual day of a bot.
import ccxt from 'ccxt';
import { expect, place, step } from '../step.mjs';

const SYMBOL = 'BTC/USD';
const exchange = new ccxt.kraken({
  apiKey: place.key,
  secret: place.secret,
  enableRateLimit: false,
});
Object.assign(exchange.urls['api'], { public: place.http, private: place.http });

await step('loadMarkets', async () => {
  const markets = await exchange.loadMarkets();
  expect(markets[SYMBOL]?.precision.price === 0.1, 'BTC/USD ticks by 0.1');
  return Object.keys(markets).join(' ');
});
await step('fetchCurrencies', async () => {
  expect((await exchange.fetchCurrencies())['BTC'], 'BTC is a currency');
});
await step('fetchTime', () => exchange.fetchTime());
await step('fetchStatus', async () => (await exchange.fetchStatus()).status);
const ticker = await step('fetchTicker', async () => {
  const it = await exchange.fetchTicker(SYMBOL);
  expect(Number(it.bid) < Number(it.ask), 'the bid is below the ask');
  return it;
});
await step('fetchTickers', async () => Object.keys(await exchange.fetchTickers()).length);
await step('fetchOrderBook', async () => {
  const { bids, asks } = await exchange.fetchOrderBook(SYMBOL, 10);
  expect(bids.length === 10 && asks.length === 10, 'ten levels a side');
});
await step('fetchTrades', async () => {
  const { length } = await exchange.fetchTrades(SYMBOL);
  expect(length > 0, 'there are trades');
  return length;
});
await step('fetchOHLCV', async () => {
  const { length } = await exchange.fetchOHLCV(SYMBOL, '1m');
  expect(length > 0, 'there are candles');
  return length;
});
const before = await step('fetchBalance', async () => (await exchange.fetchBalance()).total);
const low = Number(exchange.priceToPrecision(SYMBOL, Number(ticker?.bid) * 0.9));
const order = await step('createOrder (limit)', () =>
  exchange.createOrder(SYMBOL, 'limit', 'buy', 0.01, low),
);
const id = String(order?.id);
await step('fetchOrder', async () => {
  expect((await exchange.fetchOrder(id)).status === 'open', 'the order rests');
});
await step('editOrder', () => exchange.editOrder(id, SYMBOL, 'limit', 'buy', 0.02, low));
await step('fetchOpenOrders', async () => {
  const open = await exchange.fetchOpenOrders();
  expect(
    open.some((it) => it.id === id && it.amount === 0.02),
    'it rests with its new amount',
  );
});
await step('cancelOrder', () => exchange.cancelOrder(id, SYMBOL));
const bought = await step('createOrder (market)', () =>
  exchange.createOrder(SYMBOL, 'market', 'buy', 0.01),
);
await step('fetchClosedOrders', async () => {
  const closed = await exchange.fetchClosedOrders();
  const it = closed.find((one) => one.id === bought?.id);
  expect(it?.status === 'closed' && it.filled === 0.01, 'the market order is filled');
});
await step('fetchMyTrades', async () => {
  const mine = await exchange.fetchMyTrades(SYMBOL);
  expect(
    mine.some((it) => it.order === bought?.id),
    'its fill is there',
  );
});
await step('fetchBalance (after)', async () => {
  const { total } = await exchange.fetchBalance();
  expect(Math.abs(total['BTC'] - before?.['BTC'] - 0.01) < 1e-9, '0.01 BTC more');
});
await step('fetchLedger', async () => {
  expect((await exchange.fetchLedger()).length > 0, 'there are entries');
});
await step('fetchTradingFee', async () => (await exchange.fetchTradingFee(SYMBOL)).taker);
await step('cancelAllOrders', async () => {
  await exchange.createOrder(SYMBOL, 'limit', 'buy', 0.01, low);
  await exchange.cancelAllOrders();
  expect((await exchange.fetchOpenOrders()).length === 0, 'nothing rests any more');
});
await step('refusal: InsufficientFunds', async () => {
  const error = await exchange.createOrder(SYMBOL, 'limit', 'buy', 1000, low).catch((e) => e);
  expect(error instanceof ccxt.InsufficientFunds, `InsufficientFunds, and it is ${error}`);
});
await step('refusal: AuthenticationError', async () => {
  const stranger = new ccxt.kraken({ apiKey: 'nobody', secret: place.secret });
  Object.assign(stranger.urls['api'], { public: place.http, private: place.http });
  const error = await stranger.fetchBalance().catch((e) => e);
  expect(error instanceof ccxt.AuthenticationError, `AuthenticationError, and it is ${error}`);
});
