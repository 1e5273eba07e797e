// `pnpm bench:orderbook [--json] [--quick] [--rounds N]`: prints the table of the README.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { L2Stream } from './l2-stream.ts';
import { L3Stream } from './l3-stream.ts';
import { createRandom } from './random.ts';
import { formatReport, judge, type Report, type Row } from './report.ts';
import { installRivals, loadCrc32, ROOT } from './rivals.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});

const DEPTHS = [10, 25, 100, 500, 1000];
const SEED = 7;
const MESSAGES = options.quick ? 20_000 : 100_000;
const ROUNDS = Number(options.rounds ?? (options.quick ? 2 : 7));
const BOOKS = 1000;
/** Of all chunks of all rounds: what the machine does when nothing disturbs it. */
const QUIET = 0.1;

const folder = join(ROOT, '.turbo', 'bench-streams');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Stream {
  readonly path: string;
  readonly depth: number;
  readonly snapshots: number;
}

function cell(contender: string, stream: Stream, measure: string, flags: string[] = []): unknown {
  const { path, depth, snapshots } = stream;
  const job = JSON.stringify({ contender, stream: path, depth, measure, snapshots });
  const args = [...flags, join(import.meta.dirname, 'cell.js'), job];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Every contender in turn, round after round, so that a disturbance meets all alike. */
function compare(contenders: readonly string[], stream: Stream, rounds = ROUNDS): Row[] {
  const chunks = new Map(contenders.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of contenders)
      chunks.get(name)!.push(...(cell(name, stream, 'time') as number[]));
  }
  return [...chunks].map(([name, samples]) => {
    const sorted = samples.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)]!;
    return { name, quietNs: at(QUIET), medianNs: at(0.5) };
  });
}

function write(name: string, depth: number, snapshots: number, lines: Iterable<string>): Stream {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, `${[...lines].join('\n')}\n`);
  return { path, depth, snapshots };
}

function* l2Lines(depth: number, crc: (text: string) => number): Iterable<string> {
  const stream = new L2Stream(depth, SEED, 'BTC/USD', crc);
  yield stream.snapshot();
  for (let i = 0; i < MESSAGES; i++) yield stream.update();
}

function* manyLines(crc: (text: string) => number): Iterable<string> {
  const random = createRandom(SEED);
  const streams = Array.from({ length: BOOKS }, (_, i) => {
    return new L2Stream(100, SEED + i, i === 0 ? 'BTC/USD' : `C${i}/USD`, crc);
  });
  for (const stream of streams) yield stream.snapshot();
  for (let i = 0; i < MESSAGES; i++) yield streams[Math.floor(random() * BOOKS)]!.update();
}

installRivals();
mkdirSync(folder, { recursive: true });
const crc = await loadCrc32();

const l2: Record<number, Row[]> = {};
for (const depth of DEPTHS) {
  say(`L2, depth ${depth}`);
  const stream = write(`l2-${depth}-${MESSAGES}.ndjson`, depth, 1, l2Lines(depth, crc));
  l2[depth] = compare(
    [
      'orderbook',
      'a prototype that trusts its input',
      'JSON.parse alone',
      'JSON.parse + sorted arrays + crc-32',
      'ccxt as shipped (verifies nothing)',
      'ccxt, checksum on and repaired',
      ...(depth === 100 ? ['orderbook, texts', 'orderbook, routed'] : []),
    ],
    stream,
  );
}

say(`${BOOKS} books`);
const one: Stream = { path: join(folder, `l2-100-${MESSAGES}.ndjson`), depth: 100, snapshots: 1 };
const many = write(`many-${BOOKS}-${MESSAGES}.ndjson`, 100, BOOKS, manyLines(crc));
const routed: Record<number, Row> = {};
const single: Row[] = [];
const thousand: Row[] = [];
for (let round = 0; round < ROUNDS; round++) {
  single.push(...compare(['orderbook, routed'], one, 1));
  thousand.push(...compare(['orderbook, routed'], many, 1));
}
const best = (rows: readonly Row[]): Row => rows.reduce((a, b) => (b.quietNs < a.quietNs ? b : a));
routed[1] = best(single);
routed[BOOKS] = best(thousand);

say('latency, memory');
const latencyOf = (name: string) =>
  cell(name, one, 'latency') as Record<'p50' | 'p99' | 'p999', number>;
const rounds = Array.from({ length: Math.min(3, ROUNDS) }, () => ({
  orderbook: latencyOf('orderbook'),
  ccxt: latencyOf('ccxt, checksum on and repaired'),
}));
const middle = (pick: (round: (typeof rounds)[number]) => number): number =>
  rounds.map(pick).toSorted((a, b) => a - b)[rounds.length >> 1]!;
const latencyUs = {
  orderbook: {
    p50: middle((round) => round.orderbook.p50),
    p99: middle((round) => round.orderbook.p99),
    p999: middle((round) => round.orderbook.p999),
  },
  ccxt: {
    p50: middle((round) => round.ccxt.p50),
    p99: middle((round) => round.ccxt.p99),
    p999: middle((round) => round.ccxt.p999),
  },
};
const heapFlags = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
const heapBytesPerMessage = cell('orderbook', one, 'heap', heapFlags) as number;
const footprint = execFileSync(
  process.execPath,
  ['--expose-gc', join(import.meta.dirname, 'footprint.js')],
  { encoding: 'utf8' },
);

const l3: Report['l3'] = {};
for (const depth of [10, 1000]) {
  say(`L3, depth ${depth}`);
  const source = new L3Stream(depth, SEED, crc);
  const messages = Math.floor(MESSAGES / (depth === 10 ? 1 : 4));
  const lines = [source.snapshot()];
  const { orders } = source;
  for (let i = 0; i < messages; i++) lines.push(source.update());
  const stream = write(`l3-${depth}-${messages}.ndjson`, depth, 1, lines);
  const eventsPerMessage = source.events / messages;
  const names = ['orderbook L3', 'JSON.parse alone', 'JSON.parse + Map + arrays + crc-32 L3'];
  l3[depth] = { orders, eventsPerMessage, rows: compare(names, stream) };
}

const figures = {
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
  node: process.version,
  messages: MESSAGES,
  rounds: ROUNDS,
  l2,
  routed,
  latencyUs,
  heapBytesPerMessage,
  bookBytes: Number(footprint),
  l3,
};
const report: Report = { ...figures, targets: judge(figures) };
process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
