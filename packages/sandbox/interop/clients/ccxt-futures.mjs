// ccxt's krakenfutures over REST: the usual day of a bot that trades perpetuals.
import ccxt from 'ccxt';
import { expect, place, step } from '../step.mjs';

const LINEAR = 'BTC/USD:USD';
const INVERSE = 'BTC/USD:BTC';
const addresses = {
  public: `${place.http}/derivatives/api/`,
  private: `${place.http}/derivatives/api/`,
  charts: `${place.http}/api/charts/`,
  history: `${place.http}/api/history/`,
};
const exchange = new ccxt.krakenfutures({
  apiKey: place.futuresKey,
  secret: place.futuresSecret,
  enableRateLimit: false,
});
Object.assign(exchange.urls['api'], addresses);

await step('loadMarkets', async () => {
  const markets = await exchange.loadMarkets();
  expect(markets[LINEAR]?.linear === true, `${LINEAR} is linear`);
  expect(markets[INVERSE]?.inverse === true, `${INVERSE} is inverse`);
  expect(
    Object.values(markets).some((it) => it?.future === true && it.expiry !== undefined),
    'one is dated',
  );
  return Object.keys(markets).join(' ');
});
const ticker = await step('fetchTicker', async () => {
  const it = await exchange.fetchTicker(LINEAR);
  expect(Number(it.bid) < Number(it.ask), 'the bid is below the ask');
  return it;
});
await step('fetchTickers', async () => Object.keys(await exchange.fetchTickers()).length);
await step('fetchOrderBook', async () => {
  const { bids, asks } = await exchange.fetchOrderBook(LINEAR);
  expect(Number(bids[0]?.[0]) < Number(asks[0]?.[0]), 'it is not crossed');
  return bids.length;
});
await step('fetchTrades', async () => {
  const { length } = await exchange.fetchTrades(LINEAR);
  expect(length > 0, 'there are trades');
  return length;
});
await step('fetchOHLCV', async () => {
  const { length } = await exchange.fetchOHLCV(LINEAR, '1m');
  expect(length > 0, 'there are candles');
  return length;
});
await step('fetchFundingRates', async () => {
  const rates = await exchange.fetchFundingRates([LINEAR]);
  expect(rates[LINEAR] !== undefined, 'there is a rate');
});
await step('fetchFundingRateHistory', async () => {
  await exchange.fetchFundingRateHistory(LINEAR);
});
await step('fetchLeverageTiers', async () => {
  const tiers = await exchange.fetchLeverageTiers([LINEAR]);
  expect(Number(tiers[LINEAR]?.[0]?.maxLeverage) === 50, 'fifty times at most');
});
await step('fetchTradingFees', async () => (await exchange.fetchTradingFees())[LINEAR]?.taker);
await step('fetchBalance', async () => {
  const flex = await exchange.fetchBalance({ type: 'flex' });
  expect(Number(flex['total']['USD']) > 0, 'there are dollars');
  return flex['total']['USD'];
});
const low = Number(exchange.priceToPrecision(LINEAR, Number(ticker?.bid) * 0.9));
const order = await step('createOrder (limit)', async () => {
  const made = await exchange.createOrder(LINEAR, 'limit', 'buy', 0.01, low);
  expect(made.status === 'open', `it is open, and not ${made.status}`);
  return made;
});
const id = String(order?.id);
await step('fetchOpenOrders', async () => {
  const open = await exchange.fetchOpenOrders(LINEAR);
  expect(
    open.some((it) => it.id === id && it.remaining === 0.01),
    'it rests',
  );
});
await step('editOrder', () => exchange.editOrder(id, LINEAR, 'limit', 'buy', 0.02, low));
await step('fetchOrder', async () => {
  const it = await exchange.fetchOrder(id);
  expect(
    it.status === 'open' && it.amount === 0.02,
    `open, of 0.02, and not ${it.status} ${it.amount}`,
  );
});
await step('cancelOrder', async () => (await exchange.cancelOrder(id, LINEAR)).status);
const bought = await step('createOrder (market)', async () => {
  const made = await exchange.createOrder(LINEAR, 'market', 'buy', 0.01);
  expect(made.filled === 0.01, `0.01 is filled, and not ${made.filled}`);
  return made;
});
await step('fetchMyTrades', async () => {
  const mine = await exchange.fetchMyTrades(LINEAR);
  expect(
    mine.some((it) => it.order === bought?.id),
    'its fill is there',
  );
});
await step('fetchPositions', async () => {
  const [position] = await exchange.fetchPositions([LINEAR]);
  expect(position?.side === 'long' && position.contracts === 0.01, 'long of 0.01');
  return position?.entryPrice;
});
await step('fetchClosedOrders', async () => {
  const closed = await exchange.fetchClosedOrders(LINEAR);
  expect(
    closed.some((it) => it.id === bought?.id),
    'the market order is among them',
  );
});
await step('fetchLedger', async () => {
  const { length } = await exchange.fetchLedger();
  expect(length > 0, 'there are entries');
  return length;
});
await step('createOrder (stop, inverse)', async () => {
  const price = Number(exchange.priceToPrecision(INVERSE, Number(ticker?.bid) * 0.9));
  const made = await exchange.createOrder(INVERSE, 'market', 'sell', 100, undefined, {
    triggerPrice: price,
  });
  expect(made.status === 'open', `it waits, and is not ${made.status}`);
});
await step('createOrders (a batch)', async () => {
  const one = { symbol: LINEAR, type: 'limit', side: 'buy', amount: 0.01, price: low };
  const made = await exchange.createOrders([one, { ...one, amount: 0.02 }]);
  expect(made.length === 2, 'two came');
});
await step('cancelAllOrdersAfter', () => exchange.cancelAllOrdersAfter(60_000));
await step('cancelAllOrders', async () => {
  await exchange.cancelAllOrders();
  expect((await exchange.fetchOpenOrders()).length === 0, 'nothing rests any more');
});
await step('createOrder (reduce only)', async () => {
  await exchange.createOrder(LINEAR, 'market', 'sell', 0.01, undefined, { reduceOnly: true });
  expect((await exchange.fetchPositions([LINEAR])).length === 0, 'it is flat');
});
await step('refusal: InsufficientFunds', async () => {
  const error = await exchange.createOrder(LINEAR, 'limit', 'buy', 1000, low).catch((e) => e);
  expect(error instanceof ccxt.InsufficientFunds, `InsufficientFunds, and it is ${error}`);
});
await step('refusal: AuthenticationError', async () => {
  const stranger = new ccxt.krakenfutures({ apiKey: 'nobody', secret: place.futuresSecret });
  Object.assign(stranger.urls['api'], addresses);
  const error = await stranger.fetchBalance().catch((e) => e);
  expect(error instanceof ccxt.AuthenticationError, `AuthenticationError, and it is ${error}`);
});
