import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { futuresAccount } from '../../test/futures-client.ts';
import { paperAccount } from '../../test/paper.ts';
import { createSandbox } from '../sandbox.ts';
import type { FuturesAccountOptions } from './desk.ts';

const open = (futures: readonly FuturesAccountOptions[]) => () =>
  createSandbox({
    source: { kind: 'synthetic', seed: 1 },
    accounts: futures.map((each, at) => ({ ...paperAccount(`a${at}`), futures: each })),
    clock: createSystemClock(),
    timers: createSystemTimers(),
  });

describe('futures accounts', () => {
  const alice = futuresAccount('alice');
  it.each<[string, readonly FuturesAccountOptions[], string]>([
    ['the same key twice', [alice, alice], 'twice'],
    ['no such wallet', [{ ...alice, balances: { fi_solusd: '1' } }], 'fi_solusd is no balance'],
    ['too many decimals', [{ ...alice, balances: { USD: '0.00000000001' } }], 'is no balance'],
    ['a debt', [{ ...alice, balances: { USD: '-1' } }], 'is no balance'],
    ['a real key', [{ ...alice, key: 'A'.repeat(56) }], 'createSandboxKey'],
  ])('are refused: %s', (_what, futures, message) => {
    expect(open(futures)).toThrow(message);
  });
});
