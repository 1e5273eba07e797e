// A server of as many books of depth 1000 as somebody asks for, whose updates come as fast as they are
// read once whoever made the process says so. All books go the same way, each from its own beginning, so
// that each message has to be made once.
import { once } from 'node:events';
import { L2Book } from '@kr/orderbook';
import { WebSocketServer } from 'ws';

const DEPTH = 1000;
const UPDATES = 500;
/** What may wait in a socket before it is written to again. */
const WAITING_BYTES = 1024 * 1024;
/** Sent to one socket before the others have their turn. */
const BURST = 200;
const NAME = 'NAME/USD';

/** @typedef {{ price: string, quantity: string }} Level */

let state = 7;
const draw = (/** @type {number} */ below) => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return Math.floor((state / 0x8000_0000) * below);
};
const quantity = () => `${1 + draw(9)}.${String(10_000_000 + draw(89_999_999))}`;

const book = new L2Book({ symbol: NAME, depth: DEPTH });
const text = (/** @type {Level[]} */ levels) =>
  levels.map(({ price, quantity: size }) => `{"price":${price},"qty":${size}}`).join(',');
const message = (
  /** @type {string} */ type,
  /** @type {Level[]} */ bids,
  /** @type {Level[]} */ asks,
) =>
  `{"channel":"book","type":"${type}","data":[{"symbol":"${NAME}","bids":[${text(bids)}],"asks":[${text(asks)}],"checksum":${book.checksum()},"timestamp":"2026-07-19T17:54:39.768901Z"}]}`;

const first = {
  bids: Array.from({ length: DEPTH }, (_, rank) => ({
    price: ((645_250 - rank) / 10).toFixed(1),
    quantity: quantity(),
  })),
  asks: Array.from({ length: DEPTH }, (_, rank) => ({
    price: ((645_260 + rank) / 10).toFixed(1),
    quantity: quantity(),
  })),
};
book.applySnapshot(first);
const SNAPSHOT = message('snapshot', first.bids, first.asks);

/** They come back to the snapshot at their end, and can be sent again from the front. */
const UPDATE_TEXTS = (() => {
  const texts = [];
  const touched = new Set();
  for (let at = 0; at < UPDATES; at += 1) {
    const side = draw(2) === 0 ? 'bids' : 'asks';
    const rank = Math.floor((draw(1000) / 1000) ** 3 * DEPTH);
    const level = { price: first[side][rank]?.price ?? '', quantity: quantity() };
    touched.add(`${side} ${rank}`);
    const update = { bids: [], asks: [], [side]: [level] };
    book.applyUpdate(update);
    texts.push(message('update', update.bids, update.asks));
  }
  for (const key of touched) {
    const [side = '', rank = ''] = String(key).split(' ');
    const level = first[/** @type {'bids' | 'asks'} */ (side)][Number(rank)];
    const update = { bids: [], asks: [], [side]: [level] };
    book.applyUpdate(update);
    texts.push(message('update', update.bids, update.asks));
  }
  return texts;
})();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => {
  /** @type {{ symbol: string, next: number }[]} */
  const books = [];
  let turn = 0;
  const pump = () => {
    for (let sent = 0; sent < BURST && socket.bufferedAmount < WAITING_BYTES; sent += 1) {
      const one = books[turn % books.length];
      if (one === undefined || socket.readyState !== socket.OPEN) break;
      turn += 1;
      const update = UPDATE_TEXTS[one.next % UPDATE_TEXTS.length] ?? '';
      one.next += 1;
      socket.send(update.replace(NAME, one.symbol));
    }
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount < WAITING_BYTES) setImmediate(pump);
    else setTimeout(pump, 1);
  };
  process.once('message', pump);
  socket.on('message', (data) => {
    const { method, params, req_id } = JSON.parse(String(data));
    if (method === 'ping') socket.send(JSON.stringify({ method: 'pong', req_id }));
    if (method !== 'subscribe') return;
    for (const symbol of params.symbol) {
      const result = { channel: 'book', depth: DEPTH, snapshot: true, symbol };
      socket.send(JSON.stringify({ method, req_id, result, success: true }));
    }
    for (const symbol of params.symbol) {
      socket.send(SNAPSHOT.replace(NAME, symbol));
      books.push({ symbol, next: 0 });
    }
  });
});
await once(server, 'listening');
process.send?.(server.address());
// Not longer than who asked for it.
process.once('disconnect', () => process.exit());
