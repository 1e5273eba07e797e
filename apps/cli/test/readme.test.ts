import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from './running-sandbox.ts';
import { kr, krShell } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// Every command of the README, in a folder of its own, in the order of the page: installs and what
// asks for Kraken itself apart.
const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
const lines = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .filter((line) => !line.startsWith('npm install') && !line.includes('--live'));
const VECTOR =
  '{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":45283.5,"qty":0.10000000}],"asks":[{"price":45285.2,"qty":0.00100000}],"checksum":2383917627}]}\n';

let folder: string;
let env: Record<string, string>;
let sandbox: RunningSandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-readme-'));
  await writeFile(join(folder, 'capture.ndjson'), VECTOR);
  await writeFile(join(folder, 'recorder.toml'), 'out = "r"\n[symbols]\nlist = ["BTC/USD"]\n');
  await writeFile(
    join(folder, 'orders.json'),
    /^```json\n(\[[\s\S]+?)```$/m.exec(readme)?.[1] ?? '',
  );
  env = { KR_SANDBOX: '1', HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
  sandbox = await startSandbox(join(folder, 'state'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** A line that needs no shell runs in this process, which is a tenth of the work. */
const runLine = (command: string) => {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  if (/[|<>]/.test(command)) return krShell(command, { cwd: folder, env });
  return kr(words.slice(1), {
    workingDirectory: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    home: folder,
  });
};

/** Ctrl-C comes with the first word that it says. */
const runUntilCtrlC = (command: string) => {
  const interrupt = new AbortController();
  const told = { onStdout: () => interrupt.abort(), onStderr: () => interrupt.abort() };
  // A second sandbox of the same user would be refused.
  const own = { ...env, XDG_STATE_HOME: join(folder, 'own-state') };
  return kr(command.split(' ').slice(1), {
    workingDirectory: folder,
    home: folder,
    env: own,
    interrupted: interrupt.signal,
    ...told,
  });
};

describe('the README of @kr/cli', () => {
  it('has commands', () => expect(lines.length).toBeGreaterThan(15));

  it.each(lines)('%s', async (line) => {
    const [, command = '', about = ''] = /^(.*?)(?:\s+# (.*))?$/.exec(line) ?? [];
    const outcome = await (about.includes('until Ctrl-C') ? runUntilCtrlC : runLine)(command);
    // Beside the code, what it said: that is what one wants to read when this fails.
    expect({ code: outcome.code, stderr: outcome.stderr }).toMatchObject({ code: 0 });
    expect(outcome.stdout !== '' || command.startsWith('source')).toBe(true);
  });
});
