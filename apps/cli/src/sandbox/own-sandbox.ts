import { randomBytes } from 'node:crypto';
import { createSandbox } from '@kr/sandbox';
import { createRestSandbox, proLimits, type RestLimits } from '@kr/sandbox/rest';
import type { Io } from '../io.ts';

interface SandboxKey {
  readonly key: string;
  readonly secret: string;
}

/** Of one sandbox, made for it, worth nothing elsewhere. */
export interface SandboxKeys {
  readonly spot: SandboxKey;
  readonly futures: SandboxKey;
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

const MANY = { max: 1e9, decayPerSecond: 1e9 };

/** For those who ask more often than the exchange would let them. */
export const noLimits: RestLimits = { ...proLimits, rest: MANY, trading: MANY };

/** A local Kraken of our own, market and account, on one port. */
export const openOwnSandbox = async (
  { port, seed, rate, limits }: OwnSandboxOptions,
  { clock, timers }: Io,
): Promise<OwnSandbox> => {
  const keys = { spot: newKey(), futures: newKey() };
  const rest = createRestSandbox({
    clock,
    timers,
    keys: [keys.spot, { ...keys.futures, venue: 'futures' }],
    limits: limits ? proLimits : noLimits,
  });
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed, rate },
    port,
    clock,
    timers,
    rest,
  });
  const { url } = await sandbox.listen();
  return {
    rest: new URL(url.replace(/^ws/, 'http')).origin,
    websocket: url,
    keys,
    close: () => sandbox.close(),
  };
};

const newKey = (): SandboxKey => ({
  key: `sandbox-${randomBytes(12).toString('hex')}`,
  secret: randomBytes(64).toString('base64'),
});
