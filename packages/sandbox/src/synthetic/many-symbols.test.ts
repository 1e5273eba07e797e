import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { createSandbox } from '../sandbox.ts';
import { firstInstruments } from './more-instruments.ts';

describe('1,500 symbols at once', () => {
  it('are each acknowledged, with a snapshot, and go on', async () => {
    await using sandbox = createSandbox({
      source: { kind: 'synthetic', seed: 1, symbols: 1_500, rate: 500 },
      clock: createSystemClock(),
      timers: createSystemTimers(),
    });
    const { url } = await sandbox.listen();
    await using client = await TestClient.connect(url);
    const symbol = firstInstruments(1_500).map((each) => each.symbol);
    client.subscribe({ channel: 'book', symbol });
    const seen = new Set<string>();
    while (seen.size < symbol.length) {
      const frame = await client.next((text) =>
        text.startsWith('{"channel":"book","type":"snapshot"'),
      );
      seen.add(/"symbol":"([^"]+)"/.exec(frame)?.[1] ?? '');
    }
    expect(seen).toEqual(new Set(symbol));
    await client.next((text) => text.startsWith('{"channel":"book","type":"update"'));
  });
});
