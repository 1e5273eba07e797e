import type { FrameBuffer } from './frame-buffer.ts';
import type { OrderBatch } from './order-batch.ts';
import { DECLINED, FOREIGN, SCANNED, type ScanResult } from './scan-book.ts';
import { scanOrders } from './scan-orders.ts';
import { isTimestamp, TIMESTAMP_LENGTH } from './scan-timestamp.ts';
import { WireText } from './wire-text.ts';

/**
 * The fast way in for a `level3` frame: as scan-book.ts, but the members of the book may stand in
 * any order (the documentation itself prints them in two), bids before asks.
 */
export function scanLevel3(frame: FrameBuffer, symbol: string, batch: OrderBatch): ScanResult {
  const { bytes, view } = frame;
  let at = HEAD.skip(view, 0);
  if (at < 0) return otherFrame(frame);
  batch.snapshot = bytes[at] === LOWER_S;
  at = (batch.snapshot ? SNAPSHOT_TYPE : UPDATE_TYPE).skip(view, at);
  if (at < 0) return DECLINED;
  batch.count = 0;
  batch.wide = false;
  let seen = 0;
  for (;;) {
    const key = bytes[at + 1]!;
    let member: number;
    if (key === LOWER_S) {
      member = SYMBOL;
      const start = SYMBOL_KEY.skip(view, at);
      if (start < 0) return DECLINED;
      at = skip(frame, start, symbol);
      if (at < 0 || bytes[at] !== QUOTE) return otherSymbol(frame, start);
      at++;
    } else if (key === LOWER_B) {
      member = BIDS;
      at = scanOrders(frame, BIDS_KEY.skip(view, at), batch);
      batch.bidCount = batch.count;
    } else if (key === LOWER_A) {
      member = ASKS;
      if ((seen & BIDS) === 0) return DECLINED;
      at = scanOrders(frame, ASKS_KEY.skip(view, at), batch);
    } else if (key === LOWER_C) {
      member = CHECKSUM;
      at = scanChecksum(frame, CHECKSUM_KEY.skip(view, at), batch);
    } else if (key === LOWER_T) {
      member = TIMESTAMP;
      at = TIMESTAMP_KEY.skip(view, at);
      if (at < 0 || !isTimestamp(frame, at)) return DECLINED;
      at += TIMESTAMP_LENGTH;
      if (bytes[at++] !== QUOTE) return DECLINED;
    } else {
      return DECLINED;
    }
    if (at < 0 || (seen & member) !== 0) return DECLINED;
    seen |= member;
    if (bytes[at] !== COMMA) break;
    at++;
  }
  if ((seen & NEEDED) !== NEEDED) return DECLINED;
  const closed = at + 3 === frame.length && view.getInt32(at - 1, true) >>> 8 === CLOSES;
  return closed ? SCANNED : DECLINED;
}

const HEAD = /* @__PURE__ */ new WireText('{"channel":"level3","type":"');
const SNAPSHOT_TYPE = /* @__PURE__ */ new WireText('snapshot","data":[{');
const UPDATE_TYPE = /* @__PURE__ */ new WireText('update","data":[{');
const SYMBOL_KEY = /* @__PURE__ */ new WireText('"symbol":"');
const BIDS_KEY = /* @__PURE__ */ new WireText('"bids":[');
const ASKS_KEY = /* @__PURE__ */ new WireText('"asks":[');
const CHECKSUM_KEY = /* @__PURE__ */ new WireText('"checksum":');
const TIMESTAMP_KEY = /* @__PURE__ */ new WireText('"timestamp":"');
const CLOSES = 0x7d5d7d; // }]}

const SYMBOL = 1;
const BIDS = 2;
const ASKS = 4;
const CHECKSUM = 8;
const TIMESTAMP = 16;
const NEEDED = SYMBOL | BIDS | ASKS | CHECKSUM;

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const LOWER_A = 0x61;
const LOWER_B = 0x62;
const LOWER_C = 0x63;
const LOWER_S = 0x73;
const LOWER_T = 0x74;

/** The index after an ASCII text at `at`, or -1 when something else stands there. */
function skip({ bytes }: FrameBuffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return -1;
  }
  return at + text.length;
}

function scanChecksum({ bytes }: FrameBuffer, start: number, batch: OrderBatch): number {
  if (start < 0) return -1;
  let at = start;
  let checksum = 0;
  let digit = bytes[at]! - ZERO;
  while (digit >= 0 && digit <= 9) {
    checksum = checksum * 10 + digit;
    digit = bytes[++at]! - ZERO;
  }
  if (at === start || (bytes[start] === ZERO && at > start + 1) || checksum > 0xffffffff) return -1;
  batch.hasChecksum = true;
  batch.checksum = checksum | 0;
  return at;
}

function otherFrame(frame: FrameBuffer): ScanResult {
  if (frame.startsWith('{"method":"')) return FOREIGN;
  if (!frame.startsWith('{"channel":"')) return DECLINED;
  // Only an escape could make of these letters another word.
  return frame.bytes.indexOf(BACKSLASH, 12) === -1 && !frame.startsWith('{"channel":"level3"')
    ? FOREIGN
    : DECLINED;
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol({ bytes, length }: FrameBuffer, start: number): ScanResult {
  for (let at = start; at < length; at++) {
    if (bytes[at] === BACKSLASH) return DECLINED;
    if (bytes[at] === QUOTE) return FOREIGN;
  }
  return DECLINED;
}
