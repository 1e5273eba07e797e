import { describe, expect, it } from 'vitest';
import { parseFuturesError, parseKrakenError } from './kraken-error.ts';

describe('parseKrakenError', () => {
  it('reads severity, category, text and detail', () => {
    expect(parseKrakenError('EGeneral:Invalid arguments:volume')).toStrictEqual({
      raw: 'EGeneral:Invalid arguments:volume',
      severity: 'error',
      category: 'General',
      text: 'Invalid arguments',
      detail: 'volume',
      kind: 'validation',
      retryable: false,
      retryAt: undefined,
      ambiguous: false,
    });
    expect(parseKrakenError('WGeneral:Danger')).toMatchObject({
      severity: 'warning',
      category: 'General',
      text: 'Danger',
      detail: undefined,
    });
  });

  it('keeps colons of the detail', () => {
    expect(parseKrakenError('EEarnings:Below min:0.1:BTC')).toMatchObject({
      category: 'Earnings',
      text: 'Below min',
      detail: '0.1:BTC',
    });
  });

  it('reads the time of a throttle, with a space after the colon or without', () => {
    for (const raw of ['EService: Throttled: 1717000000', 'EService:Throttled:1717000000']) {
      expect(parseKrakenError(raw)).toMatchObject({
        category: 'Service',
        text: 'Throttled',
        kind: 'rateLimit',
        retryable: true,
        retryAt: 1_717_000_000,
      });
    }
    expect(parseKrakenError('EService:Throttled').retryAt).toBeUndefined();
  });

  it('reads the bare sentences of the sockets', () => {
    expect(parseKrakenError("Unsupported field: 'foo' for the given msg type: ping")).toMatchObject(
      {
        category: undefined,
        text: "Unsupported field: 'foo' for the given msg type: ping",
        kind: 'validation',
      },
    );
    expect(parseKrakenError('Currency pair not supported XBT/EUR').kind).toBe('exchange');
    expect(parseKrakenError('').text).toBe('');
  });

  it.each([
    ['EAPI:Rate limit exceeded', 'rateLimit', true, false],
    ['EOrder:Rate limit exceeded', 'rateLimit', true, false],
    ['EOrder:Domain rate limit exceeded', 'rateLimit', true, false],
    ['EAuth:Rate limit exceeded', 'rateLimit', true, false],
    ['EGeneral:Too many requests', 'rateLimit', true, false],
    ['Exceeded msg rate', 'rateLimit', true, false],
    ['EOrder:Orders limit exceeded', 'exchange', false, false],
    ['EOrder:Scheduled orders limit exceeded', 'exchange', false, false],
    ['EBM:limit exceeded:CAL', 'exchange', false, false],
    ['EService:Unavailable', 'unavailable', true, true],
    ['EService:Busy', 'unavailable', true, false],
    ['EService:Deadline elapsed', 'unavailable', false, false],
    ['EService:Market in cancel_only mode', 'unavailable', false, false],
    ['EGeneral:Internal error', 'unavailable', false, true],
    ['EGeneral:Internal error:EX1', 'unavailable', false, true],
    ['EDatabase:Internal error', 'unavailable', false, true],
    ['EAPI:Invalid nonce', 'auth', true, false],
    ['EAPI:Invalid key', 'auth', false, false],
    ['EAPI:Invalid signature', 'auth', false, false],
    ['EAPI:Invalid token', 'auth', false, false],
    ['ESession:Invalid session', 'auth', false, false],
    ['EGeneral:Permission denied', 'auth', false, false],
    ['EGeneral:Temporary lockout', 'auth', false, false],
    ['EAccount:Invalid permissions', 'auth', false, false],
    ['Token(s) not found', 'auth', false, false],
    ['EGeneral:Unknown Method', 'validation', false, false],
    ['Limit_price field must be a number_float', 'validation', false, false],
    ['EOrder:Insufficient funds', 'exchange', false, false],
    ['EOrder:Unknown order', 'exchange', false, false],
    ['EQuery:Unknown asset pair', 'exchange', false, false],
    ['EFunding:Max fee exceeded', 'exchange', false, false],
  ])('%s is %s', (raw, kind, retryable, ambiguous) => {
    expect(parseKrakenError(raw)).toMatchObject({ kind, retryable, ambiguous });
  });
});

describe('parseFuturesError', () => {
  it.each([
    ['apiLimitExceeded', 'rateLimit', true, false],
    ['authenticationError', 'auth', false, false],
    ['nonceBelowThreshold', 'auth', true, false],
    ['Server Error', 'unavailable', false, true],
    ['marketUnavailable', 'unavailable', true, true],
    ['requiredArgumentMissing', 'validation', false, false],
    ['insufficientFunds', 'exchange', false, false],
    ['wouldCauseLiquidation', 'exchange', false, false],
  ])('%s is %s', (raw, kind, retryable, ambiguous) => {
    expect(parseFuturesError(raw)).toMatchObject({
      category: 'Futures',
      text: raw,
      kind,
      retryable,
      ambiguous,
    });
  });
});
