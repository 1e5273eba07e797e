import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { explainNonceError, isNonceError } from './explain-nonce.ts';
import { createNonceSource } from './nonce-source.ts';

const NOW = 1_700_000_000_000_000_000n;
const HOUR = 3_600_000_000_000n;

describe('isNonceError', () => {
  it.each(['EAPI:Invalid nonce', 'EAPI: Invalid nonce', 'nonceBelowThreshold', 'nonceDuplicate'])(
    'knows %s',
    (error) => {
      expect(isNonceError(error)).toBe(true);
    },
  );

  it.each(['EAPI:Invalid key', 'EGeneral:Invalid arguments:nonce', 'apiLimitExceeded', ''])(
    'leaves %j to others',
    (error) => {
      expect(isNonceError(error)).toBe(false);
    },
  );
});

describe('explainNonceError', () => {
  it('says that the key has seen a higher nonce when nothing more is known', () => {
    const { problem, message, remedies, raiseTo } = explainNonceError({ sent: NOW, nowNs: NOW });
    expect(problem).toBe('higherNonceSeen');
    expect(message).toBe(
      `The key has seen a nonce higher than ${NOW}, and accepts no lower one any more.`,
    );
    expect(remedies.length).toBeGreaterThan(2);
    expect(raiseTo).toBeUndefined();
  });

  it.each([
    ['ms', 'us', NOW / 1_000_000n, NOW / 1000n],
    ['ms', 'ns', NOW / 1_000_000n, NOW - HOUR],
    ['us', 'ns', NOW / 1000n, NOW],
  ] as const)('recognises a key that was used in %s and has seen %s', (unit, finer, sent, seen) => {
    const explanation = explainNonceError({ sent, unit, seen, nowNs: NOW });
    expect(explanation).toMatchObject({ problem: 'coarserUnit', raiseTo: seen });
    expect(explanation.message).toContain(`a nonce in ${finer}`);
    expect(explanation.remedies[0]).toContain(`unit: '${finer}'`);
  });

  it.each([
    [11_000_000_000n, '11.0 s'],
    [HOUR, '60 min'],
    [5n * HOUR, '5.0 h'],
    [300n * HOUR, '13 days'],
  ])('recognises a nonce from %d ns ahead', (ahead, text) => {
    const seen = NOW + ahead;
    const explanation = explainNonceError({ sent: NOW, seen, nowNs: NOW });
    expect(explanation).toMatchObject({ problem: 'aheadOfClock', raiseTo: seen });
    expect(explanation.message).toContain(`${text} ahead of this clock`);
  });

  it('measures how far ahead in the unit of the nonces', () => {
    const sent = NOW / 1_000_000n;
    const facts = { sent, unit: 'ms', seen: sent + 3_600_000n, nowNs: NOW } as const;
    expect(explainNonceError(facts).message).toContain('60 min ahead');
  });

  it('recognises a request that was overtaken', () => {
    const explanation = explainNonceError({ sent: NOW, seen: NOW + 500n, nowNs: NOW });
    expect(explanation).toMatchObject({ problem: 'overtaken', raiseTo: NOW + 500n });
    expect(explanation.remedies[0]).toContain('withSigned');
  });

  it('claims nothing from a nonce that was read too early', () => {
    const explanation = explainNonceError({ sent: NOW, seen: NOW - 1n, nowNs: NOW });
    expect(explanation).toMatchObject({ problem: 'higherNonceSeen', raiseTo: undefined });
  });

  it('gives a floor with which the next nonce is accepted', async () => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW), unit: 'ms' });
    const sent = await nonces.next();
    const { raiseTo = 0n } = explainNonceError({ sent, unit: 'ms', seen: NOW, nowNs: NOW });
    nonces.raiseTo(raiseTo);
    expect(await nonces.next()).toBeGreaterThan(NOW);
  });
});
