import { describe, expect, it } from 'vitest';
import { FrameClassifier, type FrameKind } from './frame-kind.ts';

function classify(text: string): FrameKind {
  return new FrameClassifier().classify(new TextEncoder().encode(text));
}

const cases: [string, string][] = [
  ['{"channel":"heartbeat"}', 'heartbeat'],
  ['{"channel":"trade","type":"update","data":[]}', 'trade'],
  ['{ "channel" : "trade" }', 'trade'],
  ['{"data":[],"channel":"ticker"}', 'ticker'],
  ['{"method":"subscribe","result":{},"success":true}', 'ack'],
  ['{"method":"pong","req_id":1}', 'pong'],
  ['{"error":"no","method":"subscribe","success":false}', 'error'],
  ['{"event":"subscriptionStatus","status":"subscribed"}', 'ack'],
  ['{"event":"subscriptionStatus","status":"error"}', 'error'],
  ['{"event":"systemStatus","status":"online"}', 'status'],
  ['{"event":"heartbeat"}', 'heartbeat'],
  ['{"event":"pong"}', 'pong'],
  ['[337,[["1.0","2.0","3.0","s","l",""]],"trade","XBT/USD"]', 'trade'],
  ['[42,["1","2"],"ohlc-5","XBT/USD"]', 'ohlc'],
  ['[[{"a":1}],"ownTrades",{"sequence":1}]', 'ownTrades'],
  ['{"something":"else"}', 'unknown'],
  ['[1,2]', 'unknown'],
  ['["a","b","c"]', 'unknown'],
  ['{"method":"GET","status":200}', 'unknown'],
  ['{"status":"error"}', 'unknown'],
  ['{"success":false}', 'unknown'],
  ['{"channel":"heartbeat"} ', 'heartbeat'],
  ['{"channel":"heartbeat"}}', 'malformed'],
  ['{"channel":"trade","type":"update","data":[', 'malformed'],
  ['{"channel":"status"', 'malformed'],
  ['{"channel":"book","type":"update","data":[{}]}', 'malformed'],
  ['{"channel":"book","type":"update","data":7}', 'malformed'],
  ['{"channel":"', 'malformed'],
  ['[1,{"a"', 'malformed'],
  ['7', 'malformed'],
  ['', 'malformed'],
];

const books: [string, string, number | undefined, boolean][] = [
  [
    '{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[]}]}',
    'BTC/USD',
    undefined,
    true,
  ],
  [
    '{"channel":"book","type":"update","data":[{"symbol":"A/B","bids":[]}]}',
    'A/B',
    undefined,
    false,
  ],
  [
    '{"type":"snapshot","channel":"book","data":[{"bids":[],"symbol":"A/B"}]}',
    'A/B',
    undefined,
    true,
  ],
  ['{"channel":"book","data":[{"symbol":"Ü/€"}],"type":"update"}', 'Ü/€', undefined, false],
  ['[336,{"as":[],"bs":[]},"book-10","XBT/USD"]', 'XBT/USD', 10, true],
  ['[336,{"a":[]},{"b":[],"c":"1"},"book-1000","XBT/USD"]', 'XBT/USD', 1000, false],
  ['[336, {"bs": []}, "book-25", "XBT/USD" ]', 'XBT/USD', 25, true],
  ['[336, {"b": []}, "book-25", "XBT/USD" ]', 'XBT/USD', 25, false],
];

describe('FrameClassifier', () => {
  it.each(cases)('takes %s for %s', (text, channel) => {
    expect(classify(text)).toEqual({ channel, book: undefined, isSnapshot: false });
  });

  it.each(books)('takes %s for a book', (text, symbol, depth, isSnapshot) => {
    expect(classify(text)).toEqual({
      channel: 'book',
      book: { channel: 'book', symbol, depth },
      isSnapshot,
    });
  });

  it('takes broken UTF-8 for malformed, and the next message for what it is', () => {
    const classifier = new FrameClassifier();
    for (const bytes of [Uint8Array.of(0x22, 0xc3), Uint8Array.of(0x22, 0xff, 0x22)]) {
      expect(classifier.classify(bytes).channel).toBe('malformed');
      const trade = new TextEncoder().encode('{"channel":"trade","note":"é"}');
      expect(classifier.classify(trade).channel).toBe('trade');
    }
  });

  it('gives the same book the same key, in whatever layout', () => {
    const classifier = new FrameClassifier();
    const keys = books
      .map(([text]) => classifier.classify(new TextEncoder().encode(text)).book)
      .filter((key) => key?.symbol === 'A/B');
    expect(keys[0]).toBe(keys[1]);
  });
});
