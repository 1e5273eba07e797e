import { describe, expect, it } from 'vitest';
import { depthResultSchema } from '../rest/depth.ts';
import { routeWsMessage } from '../ws/message.ts';
import { createDriftObserver } from './drift-report.ts';

const level = '{"price":1.0,"qty":2.0}';

function book(bids: string, rest = ''): string {
  return `{"channel":"book","type":"update","data":[{"symbol":"X/Y","bids":[${bids}],"asks":[],"checksum":1${rest}}]}`;
}

function depth(asks: string): string {
  return `{"asks":[${asks}],"bids":[]}`;
}

describe('createDriftObserver', () => {
  it('finds the same under every symbol once, and keeps the places of a tuple apart', () => {
    const drift = createDriftObserver();
    const short = depth('["1.0","2.0"]');
    drift.observeAs('Depth result', depthResultSchema, `{"XXBTZUSD":${short},"XETHZUSD":${short}}`);
    drift.observeAs('Depth result', depthResultSchema, `{"ADAUSD":${depth('[1.0,"2.0",3]')}}`);
    const paths = drift.report().rows.map(({ kind, path, count }) => [kind, path, count]);
    expect(paths).toStrictEqual([
      ['typeChange', '*.asks[]', 1],
      ['typeChange', '*.asks[][0]', 1],
    ]);
  });

  it('finds nothing where there is nothing', () => {
    const drift = createDriftObserver();
    drift.observe(routeWsMessage, book(level));
    drift.observe(routeWsMessage, '{"channel":"heartbeat"}');
    expect(drift.report()).toStrictEqual({
      messages: 2,
      drifting: 0,
      bySubject: {
        'book update': { messages: 1, drifting: 0 },
        heartbeat: { messages: 1, drifting: 0 },
      },
      rows: [],
      omitted: 0,
    });
  });

  it('counts a finding once a message, wherever in an array it is, and keeps the first example', () => {
    const drift = createDriftObserver();
    const first = book(
      `${level},{"price":1.0,"qty":2.0,"orders":3},{"price":2,"qty":2,"orders":4}`,
    );
    drift.observe(routeWsMessage, first);
    drift.observe(routeWsMessage, book('{"price":1.0,"qty":2.0,"orders":5}'));
    expect(drift.report().rows).toStrictEqual([
      {
        subject: 'book update',
        kind: 'unknownField',
        path: 'data[].bids[].orders',
        detail: 'unknown field',
        count: 2,
        example: first,
      },
    ]);
  });

  it('tells unknown values, missing fields and changed types apart', () => {
    const drift = createDriftObserver();
    drift.observe(routeWsMessage, book('{"price":"1.0"}', ',"timestamp":5'));
    drift.observe(
      routeWsMessage,
      '{"channel":"trade","type":"update","data":[{"symbol":"X/Y","side":"both","price":1,"qty":1,"ord_type":"limit","trade_id":1,"timestamp":"yesterday"}]}',
    );
    expect(drift.report().rows.map(({ kind, path, detail }) => [kind, path, detail])).toStrictEqual(
      [
        ['typeChange', 'data[].bids[].price', 'expected a decimal, received string'],
        ['missingField', 'data[].bids[].qty', 'expected a decimal, received nothing'],
        ['typeChange', 'data[].timestamp', 'expected string, received number'],
        ['unknownValue', 'data[].side', '"both"'],
        [
          'typeChange',
          'data[].timestamp',
          String.raw`not of the documented form /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/`,
        ],
      ],
    );
  });

  it('takes the absence of what tells two shapes apart for a missing field', () => {
    const drift = createDriftObserver();
    drift.observe(routeWsMessage, '{"channel":"level3","data":[]}');
    expect(drift.report().rows).toMatchObject([{ kind: 'missingField', path: 'type' }]);
  });

  it('shows bytes as the text that they are', () => {
    const drift = createDriftObserver({ maxExample: 26 });
    drift.observe(routeWsMessage, new TextEncoder().encode('{"channel":"heartbeat","é":"€€€"}'));
    expect(drift.report().rows[0]?.example).toBe('{"channel":"heartbeat","é"…');
  });

  it('names messages that are not known, and text that is no JSON', () => {
    const drift = createDriftObserver();
    drift.observe(routeWsMessage, '{"channel":"weather","type":"update","data":[]}');
    drift.observe(routeWsMessage, '{"wind":1}');
    drift.observe(routeWsMessage, '[1,[],"book-10","XBT/USD"]');
    drift.observe(routeWsMessage, new TextEncoder().encode('{"channel":'));
    expect(
      drift.report().rows.map(({ subject, kind, detail }) => [subject, kind, detail]),
    ).toStrictEqual([
      ['unknown', 'unknownMessage', 'channel weather update'],
      ['unknown', 'unknownMessage', 'fields wind'],
      ['unknown', 'unknownMessage', '"book-10"'],
      ['malformed', 'malformed', 'Malformed JSON: expected a value at offset 11, found the end.'],
    ]);
  });

  it('watches bodies too, the most frequent finding first', () => {
    const drift = createDriftObserver();
    const body = '{"XXBTZUSD":{"asks":[],"bids":[["1.0","2.0",3]],"c":1}}';
    drift.observeAs('Depth result', depthResultSchema, '{"XXBTZUSD":{"asks":[]}}');
    drift.observeAs('Depth result', depthResultSchema, body);
    drift.observeAs('Depth result', depthResultSchema, body);
    expect(drift.report()).toMatchObject({
      messages: 3,
      drifting: 3,
      rows: [
        { kind: 'unknownField', path: '*.c', count: 2 },
        { kind: 'missingField', path: '*.bids', count: 1 },
      ],
    });
  });

  it('keeps as many findings and as much of an example as it is told to', () => {
    const drift = createDriftObserver({ maxRows: 1, maxExample: 10 });
    drift.observe(routeWsMessage, '{"channel":"heartbeat","a":1,"b":1}');
    drift.observe(routeWsMessage, new TextEncoder().encode('{"channel":"heartbeat","a":1}'));
    const report = drift.report();
    expect(report).toMatchObject({ drifting: 2, omitted: 1 });
    expect(report.rows).toMatchObject([{ path: 'a', count: 2, example: '{"channel"…' }]);
  });
});
