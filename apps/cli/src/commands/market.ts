import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';

/** Spot v2, public: https://docs.kraken.com/api/docs/guides/spot-ws-intro */
const KRAKEN_URL = 'wss://ws.kraken.com/v2';

/** Where a market comes from. */
export interface Market {
  readonly url: string;
  readonly source: 'live' | 'sandbox';
  readonly symbols: readonly string[];
  close(): Promise<void>;
}

export interface MarketOptions {
  /** Kraken itself, with these symbols. */
  readonly live?: readonly string[] | true;
  readonly seed: number;
  /** Book updates a second of the sandbox. */
  readonly rate: number;
  readonly port: number;
}

/** Kraken's market, or a sandbox of its own that closes with it. */
export const openMarket = async (options: MarketOptions, io: Io): Promise<Market> => {
  const { live } = options;
  if (live !== undefined) {
    if (live === true || live.length === 0) {
      throw new CliError('validation', '--live needs a symbol.', {
        hint: 'For example: --live BTC/USD',
      });
    }
    return { url: KRAKEN_URL, source: 'live', symbols: live, close: () => Promise.resolve() };
  }
  const { createSandbox, DEFAULT_INSTRUMENTS } = await import('@kr/sandbox');
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: options.seed, rate: options.rate },
    port: options.port,
    clock: io.clock,
    timers: io.timers,
  });
  const { url } = await sandbox.listen();
  return {
    url,
    source: 'sandbox',
    symbols: DEFAULT_INSTRUMENTS.map((instrument) => instrument.symbol),
    close: () => sandbox.close(),
  };
};
