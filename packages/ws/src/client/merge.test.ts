import { describe, expect, it } from 'vitest';
import { createRowFilter } from './merge.ts';

describe('rows of two connections', () => {
  it.each([
    ['trade', 'trade_id', 1],
    ['trade', 'trade_id', 'a'],
    ['executions', 'exec_id', 'E'],
  ])('%s passes each row once, and one that comes late as well', (channel, field, first) => {
    const isNew = createRowFilter(channel);
    const second = typeof first === 'number' ? first + 1 : `${first}b`;
    const told = [second, first, second, first].map((id) => isNew?.({ [field]: id }));
    expect(told).toStrictEqual([true, true, false, false]);
  });

  it('ticker passes nothing that is older than what was told', () => {
    const isNew = createRowFilter('ticker');
    const told = ['2026-01-01T00:00:02Z', '2026-01-01T00:00:01Z', '2026-01-01T00:00:03Z'].map(
      (timestamp) => isNew?.({ timestamp }),
    );
    expect(told).toStrictEqual([true, false, true]);
  });
});
