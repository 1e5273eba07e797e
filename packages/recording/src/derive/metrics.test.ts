import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTimestamp } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { rawMetrics } from '../../test/independent-metrics.ts';
import { recordCapture, recordTexts } from '../../test/record-capture.ts';
import { START_NS, temporaryDirectory } from '../../test/support.ts';
import { exportFiles } from '../export.ts';
import { scaled } from '../parquet/duck-types.ts';
import { deriveParquet } from '../parquet.ts';

const captures = process.env['KR_CAPTURES'] ?? '';

async function metricsOf(path: string, everyMs: number): Promise<Record<string, string>[]> {
  const to = join(path, 'out');
  await exportFiles(path, { to, formats: ['csv'], tables: ['metrics'], metrics: { everyMs } });
  const [head = '', ...lines] = (await readFile(join(to, 'metrics.csv'), 'utf8'))
    .trimEnd()
    .split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])),
  );
}

const order = (id: string, price: string, quantity: string, event?: string): string =>
  `{${event === undefined ? '' : `"event":"${event}",`}"order_id":"${id}","limit_price":${price},"order_qty":${quantity},"timestamp":"2026-01-01T00:00:00.000000000Z"}`;

const level3 = (type: string, bids: readonly string[], asks: readonly string[]): string =>
  `{"channel":"level3","type":"${type}","data":[{"symbol":"BTC/USD","checksum":0,"bids":[${bids.join(',')}],"asks":[${asks.join(',')}]}]}`;

describe('metrics', () => {
  it('counts the orders and the events of an L3 book, an interval', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(
      [
        level3(
          'snapshot',
          [
            order('OAAAAA-AAAAA-AAAAAA', '100.0', '1.0'),
            order('OBBBBB-BBBBB-BBBBBB', '100.0', '2.0'),
          ],
          [order('OCCCCC-CCCCC-CCCCCC', '101.0', '4.0')],
        ),
        level3('update', [order('ODDDDD-DDDDD-DDDDDD', '99.0', '1.5', 'add')], []),
        level3(
          'update',
          [order('OAAAAA-AAAAA-AAAAAA', '100.0', '0.5', 'modify')],
          [order('OEEEEE-EEEEE-EEEEEE', '102.0', '1.0', 'add')],
        ),
        level3('update', [order('OBBBBB-BBBBB-BBBBBB', '100.0', '2.0', 'delete')], []),
        ...['{"channel":"heartbeat"}', '{"channel":"heartbeat"}'],
      ],
      directory.path,
    );
    const rows = await metricsOf(directory.path, 2000);
    expect(rows.map(({ received_at }) => received_at)).toEqual([
      formatTimestamp(START_NS + 2_000_000_000n),
      formatTimestamp(START_NS + 4_000_000_000n),
    ]);
    expect(rows[0]).toMatchObject({
      ...{ channel: 'level3', bid_order_count: '3', ask_order_count: '1', bid_orders_at_best: '2' },
      ...{
        ask_orders_at_best: '1',
        avg_bid_order_size: '1.50000000',
        avg_ask_order_size: '4.00000000',
      },
      ...{
        add_events: '1',
        modify_events: '0',
        delete_events: '0',
        order_arrival_rate: '0.50000000',
      },
      ...{ best_bid: '100.0', best_bid_qty: '3.0', spread: '1.0', mid_price: '100.50' },
    });
    expect(rows[1]).toMatchObject({
      ...{ bid_order_count: '2', ask_order_count: '2', add_events: '1', modify_events: '1' },
      ...{ delete_events: '1', order_arrival_rate: '0.50000000', order_cancel_rate: '0.50000000' },
      ...{ best_bid_qty: '0.5', ask_volume_top10: '5.0', verified: 'false' },
    });
  });

  it('says nothing of a side that is empty', async () => {
    await using directory = await temporaryDirectory();
    const snapshot =
      '{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[],"asks":[{"price":2.0,"qty":1.0}],"checksum":1}]}';
    await recordTexts([snapshot, '{"channel":"heartbeat"}'], directory.path);
    expect((await metricsOf(directory.path, 1000))[0]).toMatchObject({
      ...{ best_bid: '', best_ask: '2.0', spread: '', spread_bps: '', mid_price: '' },
      ...{ imbalance: '-1.00000000', depth_10_bps: '', bid_order_count: '' },
    });
  });

  it('goes into Parquet too', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(
      [
        level3('snapshot', [order('OAAAAA-AAAAA-AAAAAA', '100.0', '1.0')], []),
        '{"channel":"heartbeat"}',
      ],
      directory.path,
    );
    const metrics = { everyMs: 1000 };
    expect((await deriveParquet(directory.path, { metrics })).rows).toMatchObject({ metrics: 1 });
  });
});

describe.skipIf(captures === '')('the real captures (needs KR_CAPTURES)', () => {
  it('give the metrics that an independent script computes from the raw file', async () => {
    await using directory = await temporaryDirectory();
    const capture = join(captures, 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    await recordCapture(capture, directory.path);
    const rows = await metricsOf(directory.path, 1000);
    const expected = rawMetrics(capture, 10, 10);
    expect(rows.length).toBeGreaterThan(10);
    const found = rows.map((row) => ({
      received_at: row['received_at'],
      values: Object.fromEntries(
        Object.keys(expected[0]?.values ?? {}).map((name) => [name, scaled(row[name] ?? '')]),
      ),
    }));
    expect(found).toEqual(
      expected.map(({ at, values }) => ({
        received_at: formatTimestamp(START_NS + BigInt(at) * 1_000_000n),
        values: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, value * 10_000_000_000n]),
        ),
      })),
    );
  });
});
