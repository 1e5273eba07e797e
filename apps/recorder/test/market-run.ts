import { join } from 'node:path';
import { verdictExitCode, verify } from '@kr/recording';
import { expect } from 'vitest';
import { readLedger, readRecorded } from './ledger.ts';
import { runRecorderWith, runSandbox } from './processes.ts';

export interface MarketRunOptions {
  readonly folder: string;
  readonly symbols: number;
  /** Of real time; the market's runs 60 times as fast. */
  readonly seconds: number;
  /** Book updates in a second of the market, over all symbols. */
  readonly rate: number;
  /** Between one fault and the next, in the market's milliseconds. */
  readonly faultEveryMs: number;
  readonly seed: number;
}

/** Faults that lose what was under way, but none that falsifies it. */
const FAULTS = [
  { kind: 'cut' },
  { kind: 'cut', code: 1012 },
  { kind: 'reset' },
  { kind: 'halfOpen' },
  { kind: 'freeze', ms: 60_000 },
  { kind: 'refuseUpgrade', status: 503 },
  { kind: 'loseAck' },
];
const SPEED = 60;
/** A connection's share of the closing handshake. */
const CLOSING_SECONDS = 10;
/** That such a market needs at a time. */
const MAX_CONNECTIONS = 3;
/** How often the recorder's memory is looked at. */
const LOOKS = 12;

/**
 * A market at 60 times its speed whose connections are lost at random, recorded and then held against the
 * sandbox's own ledger: what it sent is in the journal, or behind the end of a connection that the gap
 * ledger has.
 */
export const marketRun = async (options: MarketRunOptions) => {
  const { folder, symbols, seconds, rate, faultEveryMs, seed } = options;
  const ledger = join(folder, 'ledger.ndjson');
  const directory = join(folder, 'recording');
  const market = ['--symbols', `${symbols}`, '--rate', `${rate}`, '--seed', `${seed}`];
  const sandbox = await runSandbox(
    ...market,
    ...['--accounts', '1', '--time-speed', `${SPEED}`, '--ledger', ledger],
  );
  const memory: number[] = [];
  try {
    const recorder = await runRecorderWith(
      { HOME: folder },
      ...['--url', sandbox.first.url, '--source', 'sandbox', '--out', directory],
      ...['--port', '0', '*'],
    );
    expect(recorder.first.symbols).toBe(symbols);
    const random = { kind: 'random', seed, meanMs: faultEveryMs, times: 'always', of: FAULTS };
    const body = JSON.stringify(random);
    const injected = await fetch(`${sandbox.first.control}/faults`, { method: 'POST', body });
    expect(injected.status).toBe(200);
    for (let look = 0; look < LOOKS; look += 1) {
      await moment((seconds * 1000) / LOOKS);
      memory.push(await residentBytes(recorder.first.port));
    }
    expect(await recorder.end('SIGTERM')).toBe(0);
  } finally {
    await sandbox.end('SIGTERM');
  }
  return { ...(await compare(directory, ledger)), memory };
};

const moment = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const residentBytes = async (port: number | undefined): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]);
};

const compare = async (directory: string, ledgerPath: string) => {
  const sent = await readLedger(ledgerPath);
  const recorded = await readRecorded(directory);
  const report = await verify(directory);
  expect(report.checksums.mismatched).toBe(0);
  expect(report.holes).toEqual([]);
  expect(verdictExitCode(report)).toBe(0);
  const ended = new Set(report.gaps.map(({ connectionId }) => connectionId));
  const endNs = [...sent.values()].reduce((latest, lines) => {
    const atNs = BigInt(lines.at(-1)?.sentNs ?? 0);
    return atNs > latest ? atNs : latest;
  }, 0n);
  let compared = 0;
  let missing = 0;
  let unseen = 0;
  let atEnd = 0;
  for (const [connection, lines] of sent) {
    const found = recorded.get(connection);
    if (found === undefined) {
      // Cut before a frame of it came: the gap of the connection before it is still open then.
      unseen += 1;
      expect(report.gaps.length).toBeGreaterThan(0);
      continue;
    }
    const { frames, connectionId } = found;
    expect(frames.map(({ crc }) => crc)).toEqual(
      lines.slice(0, frames.length).map((line) => line.crc32),
    );
    compared += frames.length;
    if (frames.length === lines.length) continue;
    missing += lines.length - frames.length;
    if (ended.has(connectionId)) continue;
    // Behind our own end, at the very end: what was under way when we closed.
    const fromNs = BigInt(lines[frames.length]?.sentNs ?? 0);
    expect(Number(endNs - fromNs) / 1e9).toBeLessThan(CLOSING_SECONDS * SPEED);
    atEnd += 1;
  }
  expect([...recorded.keys()].filter((connection) => !sent.has(connection))).toEqual([]);
  expect(atEnd).toBeLessThanOrEqual(MAX_CONNECTIONS);
  return { compared, missing, unseen, connections: sent.size, gaps: report.gaps.length };
};
