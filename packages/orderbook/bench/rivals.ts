import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Step } from './contenders.ts';

/** The package's folder: this file runs from `.turbo/bench/bench`. */
export const ROOT: string = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'bench/rivals');

/** Installs the rivals beside the bench, in a project of their own. */
export function installRivals(): void {
  if (existsSync(join(FOLDER, 'node_modules/ccxt'))) return;
  process.stderr.write('installing the rivals into bench/rivals (once)\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...options], { cwd: FOLDER, stdio: ['ignore', 2, 2] });
}

export async function loadCrc32(): Promise<(text: string) => number> {
  const require = createRequire(join(FOLDER, 'package.json'));
  // ASCII only: `bstr` is the faster of its two.
  const { bstr } = require('crc-32') as { bstr: (text: string) => number };
  return bstr;
}

interface CcxtBook {
  readonly bids: readonly (readonly number[])[];
  readonly asks: readonly (readonly number[])[];
}

interface CcxtKraken {
  options: Record<string, unknown>;
  orderbooks: Record<string, CcxtBook>;
  formatNumber(value: number): string;
  handleMessage(client: unknown, message: unknown): void;
}

/**
 * The message handler of ccxt's kraken pro, fed with parsed frames. Its checksum is off as shipped; on, it
 * throws on the first frame (it splits numbers as if they were texts). `checked` gives it
 * `formatNumber` with the pair's decimals, which is what it lacks.
 */
export async function loadCcxt(): Promise<(checked: boolean) => Step> {
  const path = pathToFileURL(join(FOLDER, 'node_modules/ccxt/js/ccxt.js')).href;
  const { default: ccxt } = (await import(path)) as {
    default: { pro: { kraken: new (options: object) => CcxtKraken } };
  };
  return (checked) => {
    const exchange = new ccxt.pro.kraken({});
    exchange.options['watchOrderBook'] = { checksum: checked };
    let calls = 0;
    exchange.formatNumber = (value) =>
      value
        .toFixed(calls++ % 2 === 0 ? 1 : 8)
        .replace('.', '')
        .replace(/^0+/, '');
    const client = {
      subscriptions: {},
      resolve: () => undefined,
      reject: (error: Error) => {
        throw error;
      },
    };
    return (frame) => {
      exchange.handleMessage(client, JSON.parse(frame.toString()));
      const { bids, asks } = exchange.orderbooks['BTC/USD']!;
      return bids[0]![0]! + asks[0]![0]!;
    };
  };
}
