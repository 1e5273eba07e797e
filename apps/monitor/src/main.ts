#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { spotUrls } from '@kr/ws';
import { createMonitor } from './create-monitor.ts';
import { MonitorError } from './errors.ts';
import { createLiveSource } from './feed/live-source.ts';
import type { MarketSource } from './feed/source.ts';

// The one file of this app that touches the process.
const USAGE = `kr-monitor [SYMBOL…]        a page of a sandbox of its own: a simulated market
kr-monitor --live SYMBOL…   a page of Kraken's market

  --url ADDRESS    another server that speaks Spot v2, such as a running sandbox; shown as simulated
  --port NUMBER    of the page, on 127.0.0.1; default 7380, 0 is a free one
  --depth LEVELS   a side: 10, 25, 100, 500 or 1000; default 100
  --seed TEXT      of the simulated market; the same seed, the same market
  --rate NUMBER    book messages a second of the simulated market; default 200
  --help
`;

const clock = createSystemClock();
const timers = createSystemTimers();

interface Settings {
  readonly live: boolean;
  readonly url: string | undefined;
  readonly symbols: readonly string[];
  readonly port: number;
  readonly depth: number;
  readonly seed: string;
  readonly rate: number;
}

const settingsOf = (argv: readonly string[]): Settings | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      live: { type: 'boolean', default: false },
      url: { type: 'string' },
      port: { type: 'string', default: '7380' },
      depth: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string', default: '200' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const whole = (name: 'port' | 'depth' | 'rate', least: number, most: number): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const message = `--${name} takes a whole number from ${least} to ${most}, not ${values[name]}.`;
    throw new MonitorError('INVALID_OPTION', message);
  };
  if (values.live && positionals.length === 0) {
    throw new MonitorError('INVALID_OPTION', '--live needs a symbol, for example: --live BTC/USD');
  }
  return {
    live: values.live,
    url: values.url,
    symbols: positionals,
    port: whole('port', 0, 65_535),
    depth: whole('depth', 10, 1000),
    seed: values.seed,
    rate: whole('rate', 1, 1_000_000),
  };
};

interface Opened {
  readonly source: MarketSource;
  close(): Promise<void>;
}

const openSource = async (settings: Settings): Promise<Opened> => {
  const { live, url, symbols, depth, seed, rate } = settings;
  const shared = { depth, clock, timers, random: Math.random };
  if (live) {
    const facts = { url: url ?? spotUrls, kind: 'live', title: 'Kraken', symbols };
    return { source: createLiveSource({ ...facts, ...shared }), close: async () => undefined };
  }
  if (url !== undefined) {
    const facts = { url, kind: 'sandbox', title: 'Sandbox' };
    const asked = symbols.length === 0 ? ['BTC/USD'] : symbols;
    const source = createLiveSource({ ...facts, symbols: asked, ...shared });
    return { source, close: async () => undefined };
  }
  const { createSandbox, DEFAULT_INSTRUMENTS } = await import('@kr/sandbox');
  const market = symbols.length === 0 ? DEFAULT_INSTRUMENTS.map(({ symbol }) => symbol) : symbols;
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed, rate, symbols: market },
    clock,
    timers,
  });
  const listening = await sandbox.listen();
  const facts = { url: listening.url, kind: 'sandbox', title: 'Sandbox', symbols: market };
  return { source: createLiveSource({ ...facts, ...shared }), close: () => sandbox.close() };
};

const main = async (): Promise<number> => {
  let settings: Settings | 'help';
  try {
    settings = settingsOf(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`kr-monitor: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (settings === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const stopped = new Promise<void>((resolve) => {
    // Once each: a second one ends the process as it would any other.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const opened = await openSource(settings);
  try {
    const monitor = await createMonitor({
      source: opened.source,
      port: settings.port,
      clock,
      timers,
    });
    process.stdout.write(`${monitor.url}\n`);
    await stopped;
    await monitor.close();
  } finally {
    await opened.close();
  }
  return 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`kr-monitor: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
