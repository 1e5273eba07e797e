import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openWriter, temporaryDirectory } from '../../test/support.ts';
import { withoutSecrets, withoutUrlSecrets } from './redact.ts';
import { createSegmentHeader, parseSegmentHeader } from './segment-header.ts';
import { formatSegmentName, listSegments, parseSegmentName } from './segment-name.ts';

const place = {
  recordingId: 'r',
  segment: 1,
  createdAt: '2026-11-21T02:30:00.000000000Z',
  lastConnectionId: 0,
};

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

describe('a segment header', () => {
  it('never holds a token, wherever it stood', async () => {
    await using directory = await temporaryDirectory();
    const header = {
      source: 'live',
      url: 'wss://user:hunter2@ws-auth.kraken.com/v2?token=hunter2#hunter2',
      subscriptions: [
        { channel: 'executions', token: 'hunter2', snap_orders: true },
        {
          channel: 'level3',
          symbol: ['BTC/USD'],
          params: { deep: [{ Token: 'hunter2', depth: 10 }] },
        },
      ],
    };
    const writer = await openWriter(directory.path, { header });
    await writer.close();
    const text = await readFile(directory.join('segment-000001.krj'), 'latin1');
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"url":"wss://ws-auth.kraken.com/v2"');
    expect(text).toContain('{"channel":"executions","snap_orders":true}');
    expect(text).toContain('{"deep":[{"depth":10}]}');
  });

  it.each([
    'token',
    'api_key',
    'apiKey',
    'secret',
    'password',
    'otp',
    'signed_challenge',
    'Authorization',
  ])('leaves out %s', (key) => {
    expect(withoutSecrets({ [key]: 'x', channel: 'book' })).toEqual({ channel: 'book' });
  });

  it('keeps an address without secrets as it is', () => {
    expect(withoutUrlSecrets('ws://127.0.0.1:8080/v2')).toBe('ws://127.0.0.1:8080/v2');
    expect(withoutUrlSecrets('wss://a:b@c/v2?x=1')).toBe('wss://c/v2');
  });

  it('says that everything but live is simulated', () => {
    const simulated = ['live', 'sandbox', 'replay'].map(
      (source) => createSegmentHeader({ source, url: '', subscriptions: [] }, place).simulated,
    );
    expect(simulated).toEqual([false, true, true]);
  });

  it('reads back what was written, and nothing else', () => {
    const header = createSegmentHeader(
      { source: 'live', url: 'wss://c', subscriptions: [{ channel: 'book', symbol: 'A/B' }] },
      { ...place, previous: { segment: 1, records: 5, closed: true } },
    );
    expect(parseSegmentHeader(encode(header))).toEqual(header);
    expect(parseSegmentHeader(encode({ ...header, version: 7 }))).toEqual({
      unsupportedVersion: 7,
    });
    const bad = [
      { ...header, format: 'other' },
      { ...header, version: '1' },
      { ...header, recordingId: 5 },
      { ...header, segment: 1.5 },
      { ...header, simulated: undefined },
      { ...header, subscriptions: [{}] },
      { ...header, previous: { segment: 1 } },
      'text',
    ];
    expect(bad.map((value) => parseSegmentHeader(encode(value)))).toEqual(bad.map(() => undefined));
    expect(parseSegmentHeader(Uint8Array.of(0xff))).toBeUndefined();
  });
});

describe('segment names', () => {
  it('are six digits or more, without a second spelling', () => {
    expect(formatSegmentName(1)).toBe('segment-000001.krj');
    expect(parseSegmentName('segment-1234567.krj')).toBe(1_234_567);
    const bad = [
      'segment-1.krj',
      'segment-0000001.krj',
      'segment-000000.krj',
      'segment-000001.krj.torn',
    ];
    expect(bad.map((name) => parseSegmentName(name))).toEqual(bad.map(() => undefined));
  });

  it('sort by number', () => {
    const names = ['segment-1000000.krj', 'x', 'segment-000002.krj', 'segment-999999.krj'];
    expect(listSegments(names).map(({ segment }) => segment)).toEqual([2, 999_999, 1_000_000]);
  });
});
