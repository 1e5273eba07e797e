import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckCopy, fromJournal, writeRows } from './parquet.ts';
import { engineAlone, parseAlone, verifyJournal } from './prove.ts';
import { bareLoop, journal, logger } from './record.ts';
import { createFrames } from './stream.ts';

// Every ratio is of two contenders of one run, round after round in turn; the best round of each counts.
const isQuick = process.argv.includes('--quick');
const COUNT = isQuick ? 50_000 : 300_000;
/** Only what the processor decides: on a machine whose disk others keep busy the rest says nothing. */
const isProofAlone = process.argv.includes('--verify');
const ROUNDS = isQuick ? 2 : isProofAlone ? 6 : 3;
const DEPTH = 100;
const MODE = process.argv[2];

if (MODE === 'parquet-child') {
  const directory = process.argv[3] ?? '';
  const rate = await fromJournal(directory);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ rate, rssMb }));
} else {
  const directory = mkdtempSync(join(tmpdir(), 'kr-bench-'));
  try {
    await run(directory);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function run(directory: string): Promise<void> {
  const frames = createFrames(COUNT, 20, DEPTH);
  const lines = frames.map((bytes) => new TextDecoder().decode(bytes));
  const best = new Map<string, number>();
  const note = (name: string, seconds: number): void => {
    best.set(name, Math.min(best.get(name) ?? Infinity, seconds));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round === 0 || !isProofAlone) {
      rmSync(join(directory, 'journal'), { recursive: true, force: true });
      note('journal', await journal(frames, directory));
      note('bare loop', await bareLoop(frames, directory));
      note('pino', await logger(frames, directory));
    }
    note('verify', await verifyJournal(join(directory, 'journal')));
    note('engine alone', engineAlone(frames, DEPTH));
    note('JSON.parse alone', parseAlone(lines));
  }
  if (isProofAlone) {
    for (const name of ['journal', 'bare loop', 'pino']) best.delete(name);
    print(best, undefined);
    return;
  }
  const rows = await writeRows(directory);
  let [own, duck, rssMb] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const args = [process.argv[1] ?? '', 'parquet-child', directory];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    const result = JSON.parse(child.stdout) as { rate: number; rssMb: number };
    own = Math.max(own, result.rate);
    rssMb = Math.max(rssMb, result.rssMb);
    duck = Math.max(duck, await duckCopy(directory, rows));
  }
  print(best, { rows, own, duck, rssMb });
}

function print(
  best: ReadonlyMap<string, number>,
  parquet: { rows: number; own: number; duck: number; rssMb: number } | undefined,
): void {
  const seconds = (name: string): number => best.get(name) ?? NaN;
  const out: string[] = [
    `${cpus()[0]?.model ?? '?'}, ${cpus().length} cores; Node ${process.version}; ${COUNT} frames of 20 books of depth ${DEPTH}, ${ROUNDS} rounds in turn, the best of each. Verifying and parsing by the time of the processor, all else by the clock.`,
    '',
    '| | frames a second | ns a frame |',
    '| --- | ---: | ---: |',
    ...[...best].map(
      ([name, time]) =>
        `| ${name} | ${Math.round(COUNT / time)} | ${Math.round((time / COUNT) * 1e9)} |`,
    ),
    '',
    '| target | limit | found | |',
    '| --- | ---: | ---: | --- |',
    ...(parquet === undefined
      ? []
      : [
          row(
            'journal, times the bare loop',
            '≥',
            1 / 3,
            seconds('bare loop') / seconds('journal'),
          ),
          row('journal, times pino', '≥', 3, seconds('pino') / seconds('journal')),
        ]),
    row('verify, times the engine alone', '≤', 2.5, seconds('verify') / seconds('engine alone')),
    row(
      'verify, times JSON.parse alone',
      '≤',
      0.5,
      seconds('verify') / seconds('JSON.parse alone'),
    ),
    ...(parquet === undefined
      ? []
      : [
          row(
            `Parquet of ${parquet.rows} rows, times DuckDB's COPY`,
            '≥',
            0.5,
            parquet.own / parquet.duck,
          ),
          row('MB of the process that makes Parquet', '≤', 600, parquet.rssMb),
        ]),
  ];
  process.stdout.write(`${out.join('\n')}\n`);
}

function row(name: string, sign: '≥' | '≤', limit: number, found: number): string {
  const isMet = sign === '≥' ? found >= limit : found <= limit;
  return `| ${name} | ${sign} ${limit.toFixed(2)} | ${found.toFixed(2)} | ${isMet ? 'met' : 'MISSED'} |`;
}
