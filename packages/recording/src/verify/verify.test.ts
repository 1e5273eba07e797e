import { L2Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { appendAll, disconnect, feedTexts, ndjson, recorded } from '../../test/recorded.ts';
import { openWriter, START_NS, temporaryDirectory } from '../../test/support.ts';
import { verify } from './verify.ts';
import { verdictExitCode } from './verify-report.ts';

function status(id: string): string {
  return `{"channel":"status","type":"update","data":[{"connection_id":${id},"system":"online"}]}`;
}

function level(price: string): { price: string; quantity: string } {
  return { price, quantity: '1.00000000' };
}

describe('verify', () => {
  it('rebuilds the books of several symbols and counts by symbol and channel', async () => {
    const btc = feedTexts(new BookFeed('BTC/USD'), 20);
    const eth = feedTexts(new BookFeed('ETH/USD', 25), 10);
    const others = [
      '{"channel":"status","type":"update","data":[]}',
      '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD"}]}',
      '{"channel":"ticker","type":"update","data":[]}',
      '{"channel":"heartbeat"}',
      '{"method":"pong","req_id":1}',
      '{"error":"Currency pair not supported","method":"subscribe","success":false}',
      '{"hello":1}',
    ];
    const report = await recorded((writer) => appendAll(writer, [...others, ...btc, ...eth]));
    expect(Object.keys(report).slice(0, 6)).toEqual([
      'frames',
      'snapshots',
      'updates',
      'checksums',
      'gaps',
      'symbols',
    ]);
    expect(report).toMatchObject({
      frames: 41,
      snapshots: 2,
      updates: 30,
      checksums: { matched: 32, mismatched: 0 },
      gaps: [],
      symbols: {
        'BTC/USD': {
          snapshots: 1,
          updates: 20,
          checksums: { matched: 21, mismatched: 0 },
          depths: [{ depth: 10, source: 'acknowledgement' }],
        },
        'ETH/USD': { checksums: { matched: 11 }, depths: [{ depth: 25 }] },
      },
      channels: {
        ack: 2,
        book: 32,
        error: 1,
        heartbeat: 1,
        pong: 1,
        status: 1,
        ticker: 1,
        trade: 1,
        unknown: 1,
      },
      holes: [],
      damage: [],
      recording: {
        format: 'journal',
        source: 'sandbox',
        simulated: true,
        connections: 1,
        live: false,
      },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(verdictExitCode(report, { strict: true })).toBe(0);
  });

  it('names the first mismatch with its place, frame, times and both checksums', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 6);
    const wrong = (texts[4] ?? '').replace(/"checksum":\d+/, '"checksum":1');
    const report = await recorded((writer) => {
      appendAll(writer, [...texts.slice(0, 4), wrong, ...texts.slice(5)]);
    });
    expect(report.checksums).toEqual({ matched: 6, mismatched: 1 });
    expect(report.firstMismatch).toEqual({
      place: { file: 'segment-000001.krj', segment: 1, offset: expect.any(Number) },
      frame: 5,
      symbol: 'BTC/USD',
      depth: 10,
      receivedAt: '2025-11-21T02:30:00.004000000Z',
      exchangeTime: '2026-01-01T00:00:00.000003000Z',
      expected: 1,
      computed: Number(/"checksum":(\d+)/.exec(texts[4] ?? '')?.[1]),
    });
    expect(report.symbols['BTC/USD']?.firstMismatch).toEqual(report.firstMismatch);
    expect(verdictExitCode(report)).toBe(1);
  });

  it('takes the depth from the header, and else from the snapshot, and says so', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD', 25), 5).slice(1);
    const inHeader = await recorded((writer) => appendAll(writer, texts), {
      header: {
        source: 'sandbox',
        url: '',
        subscriptions: [{ channel: 'book', symbol: ['ETH/USD', 'BTC/USD'], depth: 25 }],
      },
    });
    expect(inHeader.symbols['BTC/USD']?.depths).toEqual([{ depth: 25, source: 'header' }]);
    const none = { header: { source: 'sandbox', url: '', subscriptions: [] } };
    const inferred = await recorded((writer) => appendAll(writer, texts), none);
    expect(inferred.symbols['BTC/USD']?.depths).toEqual([{ depth: 25, source: 'inferred' }]);
    expect(inferred.checksums.mismatched + inHeader.checksums.mismatched).toBe(0);
  });

  it('begins every book anew on a new connection', async () => {
    const feed = new BookFeed('BTC/USD');
    const first = feedTexts(feed, 3);
    const report = await recorded((writer) => {
      appendAll(writer, first);
      writer.appendGap({ ...disconnect, connectionId: 1 });
      appendAll(writer, [feed.update(), feed.update(), ...feedTexts(feed, 2)], 2);
    });
    expect(report).toMatchObject({
      awaitingSnapshot: 2,
      checksums: { matched: 7, mismatched: 0 },
      holes: [{ kind: 'snapshot', symbol: 'BTC/USD', connectionId: 2 }],
    });
    expect(verdictExitCode(report)).toBe(1);
  });

  it('tells malformed frames and goes on', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 3);
    const broken = [
      '{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"pri',
      '{"chan',
      '',
    ];
    const report = await recorded((writer) =>
      appendAll(writer, [...texts, ...broken, '{"channel":"heartbeat"}']),
    );
    expect(report).toMatchObject({
      frames: 9,
      malformed: 3,
      checksums: { matched: 4, mismatched: 0 },
    });
    expect(report.damage.map(({ kind, segment }) => [kind, segment])).toEqual([
      ['frame-malformed', 1],
      ['frame-malformed', 1],
      ['frame-malformed', 1],
    ]);
    expect(verdictExitCode(report)).toBe(1);
  });

  it('reads books in another layout of the same JSON', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 4).map((text) =>
      text.replaceAll('":', '": ').replace('{"channel"', '{ "channel"'),
    );
    const report = await recorded((writer) => appendAll(writer, texts));
    expect(report.checksums).toEqual({ matched: 5, mismatched: 0 });
  });

  it('checks v1 books, each depth for itself', async () => {
    const book = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    book.applySnapshot({ bids: [level('9.0')], asks: [level('11.0')] });
    book.applyUpdate({ bids: [level('9.5')], asks: [] });
    const update = `{"b":[["9.5","1.00000000","1534614057.321597"]],"c":"${book.checksum()}"}`;
    const snapshot = '{"as":[["11.0","1.00000000","1.1"]],"bs":[["9.0","1.00000000","1.1"]]}';
    const report = await ndjson([
      `[1,${snapshot},"book-10","XBT/USD"]`,
      `[2,${snapshot},"book-25","XBT/USD"]`,
      `[1,${update},"book-10","XBT/USD"]`,
      `[2,${update.replace(/"c":"\d+"/, '"c":"5"')},"book-25","XBT/USD"]`,
    ]);
    expect(report.symbols['XBT/USD']).toMatchObject({
      snapshots: 2,
      updates: 2,
      unchecked: 2,
      checksums: { matched: 1, mismatched: 1 },
      depths: [{ depth: 10 }, { depth: 25 }],
      firstMismatch: {
        place: { line: 4 },
        depth: 25,
        expected: 5,
        exchangeTime: '2018-08-18T17:40:57.321597000Z',
      },
    });
  });

  it('takes a later acknowledgement of another depth for a new book', async () => {
    const deep = new BookFeed('BTC/USD', 25);
    const texts = [...feedTexts(new BookFeed('BTC/USD'), 3), ...feedTexts(deep, 3)];
    const report = await recorded((writer) => appendAll(writer, texts));
    expect(report.checksums).toEqual({ matched: 8, mismatched: 0 });
    expect(report.symbols['BTC/USD']?.depths.map(({ depth }) => depth)).toEqual([10, 25]);
  });

  it('reads frames that a recorder wrapped', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 4);
    const lines = texts.map((text, at) =>
      JSON.stringify({ recv_ts_ns: 0, payload: text }).replace(
        '"recv_ts_ns":0',
        `"recv_ts_ns":${START_NS + BigInt(at)}`,
      ),
    );
    expect(await ndjson(lines)).toMatchObject({
      checksums: { matched: 5, mismatched: 0 },
      recording: {
        format: 'ndjson',
        from: '2025-11-21T02:30:00.000000000Z',
        to: '2025-11-21T02:30:00.000000005Z',
      },
    });
  });

  it('tells the lines of NDJSON that are no frames', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 1);
    const lines = [
      texts[0] ?? '',
      'oops',
      texts[1] ?? '',
      '{"channel":"trade","da',
      '',
      texts[2] ?? '',
      '[1,2',
    ];
    const report = await ndjson(lines);
    expect(report.damage.map(({ line, kind }) => [line, kind])).toEqual([
      [2, 'line-malformed'],
      [4, 'line-malformed'],
      [5, 'line-malformed'],
      [7, 'line-malformed'],
    ]);
    expect(report.checksums).toEqual({ matched: 2, mismatched: 0 });
    expect(verdictExitCode(report)).toBe(1);
  });

  it('takes another connection id in a status for another connection', async () => {
    const feed = new BookFeed('BTC/USD');
    const id = '13834774380200032777';
    const lines = [status(id), ...feedTexts(feed, 2), status(id), feed.update()];
    expect(await ndjson(lines)).toMatchObject({ recording: { connections: 1 }, holes: [] });
    const other = [...lines, status('13834774380200032778'), feed.update()];
    expect(await ndjson(other)).toMatchObject({
      recording: { connections: 2 },
      holes: [{ kind: 'snapshot' }, { kind: 'connection' }],
    });
  });

  it('says how far it is, and stops when told to', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 100));
    await writer.close();
    const seen: number[] = [];
    const controller = new AbortController();
    await verify(directory.path, {
      onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes),
    });
    expect(seen.at(-1)).toBe(1);
    const stop = verify(directory.path, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stop).rejects.toThrow('enough');
    await expect(verify(directory.path, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  });

  it('does not take a recording for broken that is being written', async () => {
    await using directory = await temporaryDirectory();
    await using writer = await openWriter(directory.path);
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 3));
    await writer.flush();
    const report = await verify(directory.path);
    expect(report).toMatchObject({ frames: 5, damage: [], recording: { live: true } });
    expect(verdictExitCode(report, { strict: true })).toBe(0);
  });
});
