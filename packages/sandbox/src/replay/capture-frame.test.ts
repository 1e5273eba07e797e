import type { Frame } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import {
  type CaptureFrame,
  parseBytes,
  readCommonFrame,
  readParsedFrame,
  wants,
} from './capture-frame.ts';

function frameOf(text: string): Frame {
  const receivedAt = { wallNs: 5n, monotonicNs: 5n };
  return { receivedAt, connectionId: 1, sequence: 0, bytes: Buffer.from(text) };
}

/** As the replay reads a message: by its beginning, or else parsed. */
function read(text: string): CaptureFrame | undefined {
  const frame = frameOf(text);
  return readCommonFrame(frame) ?? readParsedFrame(parseBytes(frame.bytes), frame);
}

const TRADES =
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy"},{"symbol":"ETH/USD","side":"sell"}]}';

describe('a message of a capture', () => {
  it.each([
    [
      '{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[]}]}',
      'book',
      ['BTC/USD'],
    ],
    ['{"type":"update","channel":"book","data":[{"symbol":"BTC/USD"}]}', 'book', ['BTC/USD']],
    [
      '{ "channel":"ticker","type":"snapshot","data":[{"symbol":"ETH/USD"}]}',
      'ticker',
      ['ETH/USD'],
    ],
    ['{"channel":"book","type":"update","data":[{"symbol":"BTC\\/USD"}]}', 'book', ['BTC/USD']],
    [TRADES, 'trade', ['BTC/USD', 'ETH/USD']],
    [
      '{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[]}}',
      'instrument',
      [],
    ],
  ])('is read: %s', (text, channel, symbols) => {
    expect(read(text)).toMatchObject({ channel, symbols, wallNs: 5n });
    expect(Buffer.from(read(text)?.bytes ?? []).toString()).toBe(text);
  });

  it.each([
    '{"channel":"heartbeat"}',
    '{"channel":"status","type":"update","data":[{"system":"online"}]}',
    '{"method":"pong"}',
    '[0,{"as":[]},"book-10","XBT/USD"]',
    '"text"',
    'null',
    '{',
  ])('that is no data is told apart: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('is wanted by the subscriptions of its channel and symbols, a snapshot only by who asked for one', () => {
    const trades = read(TRADES) as CaptureFrame;
    const ask = (symbol: string): boolean =>
      wants({ channel: 'trade', symbol, snapshot: false }, trades);
    expect([ask('BTC/USD'), ask('ETH/USD'), ask('SOL/USD')]).toEqual([true, true, false]);
    expect(wants({ channel: 'book', symbol: 'BTC/USD', depth: 10, snapshot: true }, trades)).toBe(
      false,
    );
    const instruments = read(
      '{"channel":"instrument","type":"snapshot","data":{}}',
    ) as CaptureFrame;
    expect(wants({ channel: 'instrument', snapshot: true }, instruments)).toBe(true);
    expect(wants({ channel: 'instrument', snapshot: false }, instruments)).toBe(false);
  });
});
