import { join } from 'node:path';
import type { GapEvent } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { recordCapture } from '../../test/record-capture.ts';
import { appendAll, recorded } from '../../test/recorded.ts';
import { temporaryDirectory } from '../../test/support.ts';
import { verify } from './verify.ts';
import { verdictExitCode } from './verify-report.ts';

const captures = process.env['KR_CAPTURES'] ?? '';
const PRODUCT = 'PI_XBTUSD';

function snapshot(seq: number, product = PRODUCT): string {
  return `{"feed":"book_snapshot","product_id":"${product}","timestamp":1626994925378,"seq":${seq},"tickSize":null,"bids":[{"price":439.3,"qty":20108.0}],"asks":[]}`;
}

function update(seq: number, product = PRODUCT): string {
  return `{"feed":"book","product_id":"${product}","side":"sell","seq":${seq},"price":39080.5,"qty":0.0,"timestamp":1646479025941}`;
}

describe('books of futures', () => {
  it('are followed by their numbers, each product by itself', async () => {
    const report = await recorded((writer) => {
      const other = 'PF_ETHUSD';
      appendAll(writer, [
        ...['{"event":"info","version":1}', '{"feed":"heartbeat","time":1646479025941}'],
        `{"event":"subscribed","feed":"book","product_ids":["${PRODUCT}","${other}"]}`,
        ...[snapshot(5), snapshot(90, other), update(6), update(91, other), update(7)],
        // A resubscription: another snapshot begins anew.
        ...[snapshot(20), update(21)],
      ]);
    });
    expect(verdictExitCode(report, { strict: true })).toBe(0);
    expect(report.unknown).toBe(0);
    expect(report.symbols[PRODUCT]).toMatchObject({
      ...{ verdict: 'numbered', snapshots: 2, updates: 3 },
      numbers: { followed: 3, jumps: 0 },
    });
    expect(report.symbols['PF_ETHUSD']).toMatchObject({ verdict: 'numbered' });
    expect(report.channels).toEqual({ ack: 1, 'futures book': 7, heartbeat: 1, status: 1 });
    expect(report.remarks).toEqual([
      'Books of futures have no checksum: that none of their messages lacks is proved by their numbers.',
    ]);
  });

  it.each([
    ['forward', 9, 2],
    ['back', 5, undefined],
  ])('have a hole where their numbers jump %s, and it is named', async (_, seq, missing) => {
    const report = await recorded((writer) => {
      appendAll(writer, [snapshot(5), update(6), update(seq)]);
    });
    expect(report.holes).toMatchObject([
      { kind: 'sequence', symbol: PRODUCT, connectionId: 1, ...(missing && { missing }) },
    ]);
    expect(report.symbols[PRODUCT]).toMatchObject({
      verdict: 'unproved',
      numbers: { followed: 2, jumps: 1 },
    });
    expect(verdictExitCode(report)).toBe(1);
  });

  const gap: GapEvent = {
    ...{ reason: 'sequence', connectionId: 1, symbols: [PRODUCT], repaired: false },
    from: '2025-11-21T02:30:00.001000000Z',
  };

  it('have none where a gap of theirs begins there, though it is written down after the jump', async () => {
    for (const symbols of [[PRODUCT], []]) {
      const report = await recorded((writer) => {
        appendAll(writer, [snapshot(5), update(6), update(9)]);
        writer.appendGap({ ...gap, symbols });
        writer.appendGap({ ...gap, symbols, to: '2025-11-21T02:40:00.000000000Z' });
      });
      expect(report.holes).toEqual([]);
      expect(verdictExitCode(report)).toBe(0);
      expect(verdictExitCode(report, { strict: true })).toBe(1);
    }
  });

  it.each<[string, GapEvent]>([
    ['of another product', { ...gap, symbols: ['PF_ETHUSD'] }],
    ['of another connection', { ...gap, connectionId: 2 }],
    ['at another time', { ...gap, from: '2025-11-21T02:35:00.000000000Z' }],
    ['of another reason', { ...gap, reason: 'clockStep' }],
  ])('are not accounted for by a gap %s', async (_, other) => {
    const report = await recorded((writer) => {
      appendAll(writer, [snapshot(5), update(6), update(9)]);
      writer.appendGap(other);
    });
    expect(report.holes).toHaveLength(1);
  });

  it('cannot be judged before their snapshot, on each connection', async () => {
    const report = await recorded((writer) => {
      appendAll(writer, [update(6), update(7), snapshot(8), update(9)]);
    });
    expect(report.holes).toMatchObject([{ kind: 'snapshot', symbol: PRODUCT }]);
    expect(report.symbols[PRODUCT]).toMatchObject({ awaitingSnapshot: 2, verdict: 'unproved' });
  });

  it('are malformed without a product or a number', async () => {
    const report = await recorded((writer) => {
      appendAll(writer, ['{"feed":"book","side":"sell","seq":1}', '{"feed":"book","seq":"7"}']);
    });
    expect(report.malformed).toBe(2);
    expect(verdictExitCode(report)).toBe(1);
  });
});

describe.skipIf(captures === '')('the real capture of futures (needs KR_CAPTURES)', () => {
  it('is followed to its last number', async () => {
    await using directory = await temporaryDirectory();
    const capture = join(captures, 'futures-v1/feed-10products-20210722.ndjson');
    await recordCapture(capture, directory.join('recording'));
    const report = await verify(directory.join('recording'));
    expect(verdictExitCode(report)).toBe(0);
    expect(report.unknown).toBe(0);
    const books = Object.values(report.symbols);
    expect(books.map(({ verdict }) => verdict)).toEqual(books.map(() => 'numbered'));
    const followed = books.reduce((sum, { numbers }) => sum + (numbers?.followed ?? 0), 0);
    expect(followed).toBe(7014);
  });
});
