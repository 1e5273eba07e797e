// A server of ready-made frames, in a process of its own: it answers the first subscription and then
// writes large chunks past `ws`, as fast as the client reads. Otherwise it would be what is measured.
import { once } from 'node:events';
import { L2Book } from '@kr/orderbook';
import { WebSocketServer } from 'ws';

export const SYMBOL = 'BTC/USD';
/** The quantity of the best bid after the last update, by which a client knows the end. */
export const LAST_QUANTITY = '0.77777777';
const CHUNK = 500;
const LEVELS = 10;

/** A server's text frame, RFC 6455 section 5.2. */
const frameOf = (/** @type {string} */ text) => {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
};

/** @typedef {{ price: string, quantity: string }} Level */

const sideOf = (/** @type {Level[]} */ levels) =>
  levels.map(({ price, quantity }) => `{"price":${price},"qty":${quantity}}`).join(',');

/** The wire's text of a book message, its checksum that of the book after it. */
const messageOf = (
  /** @type {string} */ type,
  /** @type {Level[]} */ bids,
  /** @type {Level[]} */ asks,
  /** @type {number} */ checksum,
) => {
  return `{"channel":"book","type":"${type}","data":[{"symbol":"${SYMBOL}","bids":[${sideOf(bids)}],"asks":[${sideOf(asks)}],"checksum":${checksum},"timestamp":"2026-07-19T17:54:39.768901Z"}]}`;
};

const priceOf = (/** @type {number} */ ticks) => (ticks / 10).toFixed(1);

/** The same stream each time: one to three levels a message, one in eight a level that goes and one that comes. */
const streamOf = (/** @type {number} */ messages) => {
  let state = 7;
  const draw = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
  const quantity = () => `${draw(9)}.${String(10_000_000 + draw(89_999_999))}`;
  const prices = {
    bids: Array.from({ length: LEVELS }, (_, rank) => 645_250 - rank),
    asks: Array.from({ length: LEVELS }, (_, rank) => 645_260 + rank),
  };
  const levelOf = (/** @type {number} */ ticks, amount = quantity()) => ({
    price: priceOf(ticks),
    quantity: amount,
  });
  const book = new L2Book({ symbol: SYMBOL, depth: LEVELS });
  const first = {
    bids: prices.bids.map((p) => levelOf(p)),
    asks: prices.asks.map((p) => levelOf(p)),
  };
  book.applySnapshot({ ...first, checksum: 0 });
  const snapshot = messageOf('snapshot', first.bids, first.asks, book.checksum());
  const frames = [];
  for (let index = 1; index <= messages; index += 1) {
    /** @type {{ bids: Level[], asks: Level[] }} */
    const update = { bids: [], asks: [] };
    const side = draw(2) === 0 ? 'bids' : 'asks';
    const own = prices[side];
    if (index === messages) update.bids.push(levelOf(prices.bids[0] ?? 0, LAST_QUANTITY));
    else if (draw(8) === 0) {
      const rank = draw(LEVELS);
      const gone = own[rank] ?? 0;
      const last = own.at(-1) ?? 0;
      const come = last + (side === 'bids' ? -1 : 1);
      update[side].push(levelOf(gone, '0.00000000'), levelOf(come));
      own.splice(rank, 1);
      own.push(come);
    } else {
      const start = draw(LEVELS);
      for (let count = 1 + draw(3), at = start; count > 0; count -= 1, at += 1) {
        update[side].push(levelOf(own[at % LEVELS] ?? 0));
      }
    }
    // Now and then the far levels are folded back, or the prices would run away.
    if (own.length > 0 && Math.abs((own.at(-1) ?? 0) - (own[0] ?? 0)) > 400) {
      const gone = own.splice(1);
      update[side].push(...gone.map((ticks) => levelOf(ticks, '0.00000000')));
      for (let rank = 1; rank < LEVELS; rank += 1)
        own.push((own[0] ?? 0) + (side === 'bids' ? -rank : rank));
      update[side].push(...own.slice(1).map((ticks) => levelOf(ticks)));
    }
    book.applyUpdate({ ...update, checksum: 0 });
    frames.push(frameOf(messageOf('update', update.bids, update.asks, book.checksum())));
  }
  return { snapshot: frameOf(snapshot), frames };
};

const serve = async (/** @type {number} */ messages) => {
  const { snapshot, frames } = streamOf(messages);
  const chunks = [snapshot];
  for (let at = 0; at < frames.length; at += CHUNK) {
    chunks.push(Buffer.concat(frames.slice(at, at + CHUNK)));
  }
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, { socket: wire }) => {
    socket.on('message', (data) => {
      const { method, req_id } = JSON.parse(/** @type {Buffer} */ (data).toString());
      if (method !== 'subscribe') return;
      const result = { channel: 'book', depth: LEVELS, snapshot: true, symbol: SYMBOL };
      socket.send(JSON.stringify({ method, req_id, result, success: true }));
      let next = 0;
      const pump = () => {
        while (next < chunks.length && !wire.destroyed) {
          next += 1;
          if (!wire.write(chunks[next - 1] ?? '')) return;
        }
      };
      wire.on('drain', pump);
      // After the acknowledgement has left `ws`.
      setImmediate(pump);
    });
  });
  await once(server, 'listening');
  process.send?.(server.address());
};

if (process.send !== undefined) {
  // Not longer than who asked for it.
  process.once('disconnect', () => process.exit());
  await serve(Number(process.argv[2]));
}
