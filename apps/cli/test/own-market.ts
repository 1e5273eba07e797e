import { createSandbox, createSandboxKey, type Sandbox } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';

/** A sandbox in this process, with an account and faults at hand. */
export interface OwnMarket {
  /** For `--sandbox-url`. */
  readonly rest: string;
  /** Its key. */
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

export const openOwnMarket = async (): Promise<OwnMarket> => {
  const key = createSandboxKey('cli tests');
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 7, rate: 200 },
    accounts: [{ ...key, balances: { USD: '100000', BTC: '2' } }],
    clock: createSystemClock(),
    timers: createSystemTimers(),
  });
  const { port } = await sandbox.listen();
  return {
    rest: `http://127.0.0.1:${port}`,
    env: {
      KR_SANDBOX_URL: `http://127.0.0.1:${port}`,
      KR_SANDBOX_API_KEY: key.key,
      KR_SANDBOX_API_SECRET: key.secret,
    },
    sandbox,
    close: () => sandbox.close(),
  };
};
