import { describe, expect, it } from 'vitest';
import {
  isAlreadySubscribed,
  isNotSubscribed,
  isRateLimit,
  isTransient,
} from '../protocol/refusal.ts';
import { adviseOn, type Disconnect, describeDisconnect, isTerminal } from './disconnect.ts';

const network = (errorCode: string | undefined, message = 'it broke'): Disconnect => ({
  kind: 'network',
  errorCode,
  message,
});

describe('isTerminal', () => {
  it.each([429, 500, 502, 503, 504, 520, 522, 408, 425])('retries HTTP %i', (status) => {
    expect(isTerminal({ kind: 'upgrade', status })).toBe(false);
  });
  it.each([200, 301, 400, 401, 403, 404, 426])('does not retry HTTP %i', (status) => {
    expect(isTerminal({ kind: 'upgrade', status })).toBe(true);
  });
  it.each([1000, 1001, 1006, 1007, 1009, 1011, 1012, 1013, 4999])(
    'retries close code %i',
    (code) => {
      expect(isTerminal({ kind: 'close', code, reason: '' })).toBe(false);
    },
  );
  it('takes policy violation for the end', () => {
    expect(isTerminal({ kind: 'close', code: 1008, reason: '' })).toBe(true);
  });
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', undefined])(
    'retries after %s',
    (errorCode) => {
      expect(isTerminal(network(errorCode))).toBe(false);
    },
  );
  it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    'does not retry after %s',
    (errorCode) => {
      expect(isTerminal(network(errorCode))).toBe(true);
    },
  );
});

describe('what happened, and what to do', () => {
  it.each<[Disconnect, string]>([
    [
      network('ENOTFOUND'),
      "the host's name could not be resolved (ENOTFOUND). Check the network and the address.",
    ],
    [
      network('ECONNRESET', 'read'),
      'the network failed (ECONNRESET: read). Check the network and the address.',
    ],
    [
      network('CERT_HAS_EXPIRED', 'old'),
      'the network failed (CERT_HAS_EXPIRED: old). Check the certificate and the address.',
    ],
    [network(undefined), 'it broke. Check the network and the address.'],
    [
      { kind: 'close', code: 1006, reason: '' },
      'the server closed the connection with code 1006. Check that the address and the requests sent are allowed.',
    ],
    [
      { kind: 'silence', silentMs: 10_000.4 },
      'nothing was received for 10000 ms. Check the network and the address.',
    ],
    [
      { kind: 'connectTimeout', timeoutMs: 5 },
      'no connection within 5 ms. Check the network and the address.',
    ],
  ])('%j', (disconnect, text) => {
    expect(`${describeDisconnect(disconnect)}. ${adviseOn(disconnect)}`).toBe(text);
  });
});

describe('refusals', () => {
  it('are told apart by Kraken’s texts', () => {
    expect(isAlreadySubscribed('Already subscribed')).toBe(true);
    expect(isAlreadySubscribed('Already subscribed to book channel')).toBe(true);
    expect(isAlreadySubscribed('Already subscribed to one ohlc interval on this symbol')).toBe(
      false,
    );
    expect(isNotSubscribed('Subscription Not Found')).toBe(true);
    expect(isRateLimit('Exceeded msg rate')).toBe(true);
    expect(isRateLimit('EGeneral:Too many requests')).toBe(true);
    expect(isTransient('EService:Unavailable')).toBe(true);
    expect(isTransient('Currency pair not supported XBT/USD')).toBe(false);
  });
});
