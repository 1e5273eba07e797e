// What is measured, in Node and in a browser alike.
import { parseJson } from '../dist/json/index.js';
import { parseWith } from '../dist/parse-with.js';
import { bookFrameSchema } from '../dist/ws/book.js';
import { parseWsMessage } from '../dist/ws/message.js';
import { tickerFrameSchema } from '../dist/ws/ticker.js';
import { tradeFrameSchema } from '../dist/ws/trade.js';
import { createFrames, withNewFields } from './frames.mjs';
import { measure } from './measure.mjs';

const schemas = { book: bookFrameSchema, ticker: tickerFrameSchema, trade: tradeFrameSchema };

/** @param {string} text */
function parseByZod(text) {
  const value = /** @type {{ channel: keyof typeof schemas }} */ (JSON.parse(text));
  return parseWith(schemas[value.channel], value);
}

/** @param {() => number} nowMs @param {Record<string, string[]>} frames */
export function run(nowMs, frames = createFrames()) {
  return measure(
    withNewFields(frames),
    { 'JSON.parse': JSON.parse, parseJson, parseWsMessage, 'JSON.parse + zod': parseByZod },
    nowMs,
  );
}
