import { parseWsMessage } from '@kr/schemas';
import { describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createSandbox } from '../sandbox.ts';

const SYMBOLS = ['BTC/USD', 'PEPE/USD', 'MLN/EUR', 'XBT/USD'];

describe('every message of the sandbox', () => {
  it('is one that the schemas know', async () => {
    const time = new ManualTime();
    await using sandbox = createSandbox({
      source: { kind: 'synthetic', seed: 1, rate: 200 },
      clock: time,
      timers: time,
    });
    const { url } = await sandbox.listen();
    await using client = await TestClient.connect(url);
    for (const method of ['subscribe', 'unsubscribe']) {
      client.send({ method, params: { channel: 'instrument' } });
      client.send({ method, params: { channel: 'book', symbol: SYMBOLS, depth: 25 } });
      client.send({ method, params: { channel: 'trade', symbol: SYMBOLS, snapshot: true } });
      client.send({ method, params: { channel: 'ticker', symbol: SYMBOLS, event_trigger: 'bbo' } });
      client.send({ method, params: { channel: 'ticker', symbol: SYMBOLS } });
      client.send({ method, params: { channel: 'ohlc', symbol: SYMBOLS, interval: 5 } });
      client.send({ method: 'ping', req_id: 1 });
      await client.next((text) => text.includes('"pong"'));
      time.advance(5_000);
    }
    client.send('{');
    await client.next((text) => text.includes('Malformed'));
    const kinds = new Map<string, number>();
    for (const text of client.received) {
      const { kind } = parseWsMessage(text);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect(kinds.get('unknown')).toBeUndefined();
    expect(kinds.get('data')).toBeGreaterThan(500);
  });
});
