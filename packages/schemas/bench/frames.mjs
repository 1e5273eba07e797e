// Seeded frames of the shapes and sizes that captures have: book updates of one to three levels
// (198 bytes on average), tickers (270), trades one to three a message (250).

/** @param {number} seed */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {number} count @returns {Record<string, string[]>} */
export function createFrames(count = 2000, seed = 20260719) {
  const random = createRandom(seed);
  const integer = (/** @type {number} */ below) => Math.floor(random() * below);
  const price = () => (64_000 + random() * 1000).toFixed(1);
  const quantity = () => (random() < 0.3 ? 0 : random() * 2).toFixed(8);
  const time = () =>
    `2026-07-19T17:${10 + integer(49)}:${10 + integer(49)}.${100_000 + integer(899_999)}Z`;
  const level = () => `{"price":${price()},"qty":${quantity()}}`;
  const levels = () => Array.from({ length: integer(3) }, level).join(',');
  const trade = () =>
    `{"symbol":"BTC/USD","side":"${random() < 0.5 ? 'buy' : 'sell'}","price":${price()},"qty":${quantity()},"ord_type":"${random() < 0.7 ? 'limit' : 'market'}","trade_id":${70_635_251 + integer(1e6)},"timestamp":"${time()}"}`;
  const make = {
    book: () =>
      `{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[${levels()}],"asks":[${level()}],"checksum":${integer(2 ** 32)},"timestamp":"${time()}"}]}`,
    ticker: () =>
      `{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":${price()},"bid_qty":${quantity()},"ask":${price()},"ask_qty":${quantity()},"last":${price()},"volume":${(random() * 5000).toFixed(8)},"vwap":${price()},"low":${price()},"high":${price()},"change":${(random() * 4000).toFixed(1)},"change_pct":${(random() * 7).toFixed(2)},"timestamp":"${time()}"}]}`,
    trade: () =>
      `{"channel":"trade","type":"update","data":[${Array.from({ length: 1 + integer(3) }, trade).join(',')}]}`,
  };
  return Object.fromEntries(
    Object.entries(make).map(([channel, one]) => [channel, Array.from({ length: count }, one)]),
  );
}

/**
 * The same frames as Kraken could send them tomorrow, with a field that nobody knows: behind the
 * others, and before them.
 * @param {Record<string, string[]>} frames @returns {Record<string, string[]>}
 */
export function withNewFields(frames) {
  return Object.fromEntries(
    Object.entries(frames).flatMap(([channel, texts]) => [
      [channel, texts],
      [
        `${channel}, new field last`,
        texts.map((text) => text.replace(/\}\]\}$/, ',"venue":"one"}]}')),
      ],
      [
        `${channel}, new field first`,
        texts.map((text) => text.replaceAll('{"symbol"', '{"venue":"one","symbol"')),
      ],
    ]),
  );
}
