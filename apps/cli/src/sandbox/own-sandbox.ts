import { randomBytes } from 'node:crypto';
import { createSandbox, createSandboxKey, type FakeKey } from '@kr/sandbox';
import { proLimits } from '@kr/sandbox/rest';
import type { Io } from '../io.ts';

/** Of one sandbox, made for it, worth nothing elsewhere. */
export interface SandboxKeys {
  readonly spot: FakeKey;
  readonly futures: FakeKey;
}

export interface OwnSandbox {
  /** Scheme and host of REST. */
  readonly rest: string;
  readonly websocket: string;
  readonly keys: SandboxKeys;
  close(): Promise<void>;
}

export interface OwnSandboxOptions {
  readonly port: number;
  readonly seed: number;
  /** Book updates a second. */
  readonly rate: number;
  /** Whether it counts requests as the exchange does. */
  readonly limits: boolean;
}

/** What the account of the sandbox begins with. */
const BALANCES = { USD: '100000', EUR: '50000', BTC: '10', ETH: '100' };

/** Of the wallet of many currencies, and of an inverse contract's. */
const FUTURES_BALANCES = { USD: '100000', fi_xbtusd: '1' };

/** A local Kraken of our own, market and account, on one port. */
export const openOwnSandbox = async (
  { port, seed, rate, limits }: OwnSandboxOptions,
  { clock, timers }: Io,
): Promise<OwnSandbox> => {
  const keys = { spot: newKey(), futures: newKey() };
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed, rate },
    port,
    clock,
    timers,
    accounts: [
      {
        ...keys.spot,
        balances: BALANCES,
        futures: { ...keys.futures, balances: FUTURES_BALANCES },
      },
    ],
    accountLimits: limits ? proLimits : undefined,
  });
  const { url } = await sandbox.listen();
  return {
    rest: new URL(url.replace(/^ws/, 'http')).origin,
    websocket: url,
    keys,
    close: () => sandbox.close(),
  };
};

const newKey = (): FakeKey => createSandboxKey(randomBytes(12).toString('hex'));
