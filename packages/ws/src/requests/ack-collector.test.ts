import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ack } from '../protocol/incoming.ts';
import { AckCollector } from './ack-collector.ts';

const accepted = (symbol?: string): Ack => ({
  method: 'subscribe',
  success: true,
  result: { channel: 'book', symbol },
});
const refused = (error: string, symbol?: string): Ack => ({
  method: 'subscribe',
  success: false,
  error,
  symbol,
});

describe('AckCollector', () => {
  it('waits for one answer a symbol', () => {
    const collector = new AckCollector(['A', 'B']);
    expect(collector.complete).toBe(false);
    collector.add(accepted('B'));
    expect(collector.complete).toBe(false);
    collector.add(refused('no', 'A'));
    expect(collector.complete).toBe(true);
    expect([...collector.outcomes()]).toStrictEqual([
      ['B', { kind: 'accepted', warnings: [] }],
      ['A', { kind: 'refused', error: 'no' }],
    ]);
  });

  it('assigns nameless answers when only they and as many symbols are left', () => {
    const collector = new AckCollector(['A', 'B', 'C']);
    collector.add(refused('Already subscribed'));
    collector.add(accepted('B'));
    expect(collector.complete).toBe(false);
    collector.add(refused('Already subscribed'));
    expect(collector.outcomes().get('C')).toStrictEqual({
      kind: 'refused',
      error: 'Already subscribed',
    });
  });

  it('does not guess which of two different nameless refusals is whose', () => {
    const collector = new AckCollector(['A', 'B']);
    collector.add(refused('Already subscribed'));
    collector.add(refused('Subscription depth not supported'));
    expect(collector.complete).toBe(true);
    expect([...collector.outcomes().values()]).toStrictEqual([
      { kind: 'missing' },
      { kind: 'missing' },
    ]);
  });

  it('takes an answer about a name we did not send for the only one left', () => {
    const collector = new AckCollector(['xbt/usd']);
    collector.add(refused('Currency pair not supported', 'XBT/USD'));
    expect(collector.outcomes().get('xbt/usd')).toMatchObject({ kind: 'refused' });
  });

  it('ignores a second answer about the same symbol', () => {
    const collector = new AckCollector(['A', 'B']);
    collector.add(accepted('A'));
    collector.add(refused('Already subscribed', 'A'));
    expect(collector.complete).toBe(false);
    expect(collector.outcomes().get('A')).toMatchObject({ kind: 'accepted' });
    expect(collector.outcomes().get('B')).toStrictEqual({ kind: 'missing' });
  });

  it('takes a lone nameless refusal for the whole request', () => {
    const collector = new AckCollector(['A', 'B']);
    collector.add(refused('Subscription name invalid'));
    expect(collector.complete).toBe(false);
    expect(collector.refusedAsAWhole).toBe(true);
    expect([...collector.outcomes().values()]).toStrictEqual([
      { kind: 'refused', error: 'Subscription name invalid' },
      { kind: 'refused', error: 'Subscription name invalid' },
    ]);
  });

  it('handles a channel without symbols', () => {
    const collector = new AckCollector([undefined]);
    collector.add(accepted());
    expect(collector.outcomes().get(undefined)).toMatchObject({ kind: 'accepted' });
  });

  it('never assigns an answer wrongly, whatever is named and whatever the order', () => {
    const symbols = ['A', 'B', 'C', 'D', 'E'];
    const truths = fc.constantFrom('ok', 'named no', 'Already subscribed', 'Malformed request');
    fc.assert(
      fc.property(
        fc.tuple(...symbols.map(() => truths)),
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        (verdicts, keys) => {
          const order = symbols
            .map((_, index) => index)
            .toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
          const collector = new AckCollector(symbols);
          for (const index of order) {
            const symbol = symbols[index] ?? '';
            const verdict = verdicts[index] ?? '';
            if (verdict === 'ok') collector.add(accepted(symbol));
            else if (verdict === 'named no') collector.add(refused(verdict, symbol));
            else collector.add(refused(verdict));
          }
          expect(collector.complete).toBe(true);
          const nameless = verdicts.filter((verdict) => /^[AM]/.test(verdict));
          const isClear = new Set(nameless).size <= 1;
          const outcomes = collector.outcomes();
          const wrong = symbols.filter((symbol, index) => {
            const verdict = verdicts[index] ?? '';
            const outcome = outcomes.get(symbol);
            if (verdict === 'ok') return outcome?.kind !== 'accepted';
            if (outcome?.kind === 'missing') return isClear;
            return outcome?.kind !== 'refused' || outcome.error !== verdict;
          });
          expect(wrong).toStrictEqual([]);
        },
      ),
    );
  });
});
