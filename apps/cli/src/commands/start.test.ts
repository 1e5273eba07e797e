import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kr, krProcess } from '../../test/terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-start-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('kr start', () => {
  it('records five symbols of the sandbox, ends by itself, and proves the recording', async () => {
    const { code, stdout, stderr } = await kr(['start', '--duration', '1s'], {
      workingDirectory: folder,
    });
    expect(stderr).toContain('the sandbox (simulated)');
    expect(stdout).toMatch(/^proved: every checksum matched, no gap$/m);
    expect(stdout.match(/^[A-Z]+\/[A-Z]{3} .+ 0$/gm)).toHaveLength(5);
    expect(code).toBe(0);
    const [recording] = await readdir(join(folder, 'recordings'));
    expect(recording).toMatch(/^sandbox-\d{4}-\d{2}-\d{2}T\d{6}Z$/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('closes the recording on %s', async (signal) => {
    const out = join(folder, signal);
    const segment = join(out, 'segment-000001.krj');
    let watched = false;
    const onStderr = (_text: string, pid: number): void => {
      if (watched) return;
      watched = true;
      const poll = setInterval(() => {
        // The header and the first snapshots are in the file.
        if (!existsSync(segment) || statSync(segment).size < 10_000) return;
        clearInterval(poll);
        process.kill(pid, signal);
      }, 10);
    };
    const outcome = await krProcess(['start', '--out', out], { cwd: folder, onStderr });
    expect(outcome.stdout).toMatch(/^proved: /m);
    expect(outcome.code).toBe(0);
  });

  it('shows rate, symbols, checksums, gaps, bytes and lag in one line of a terminal', async () => {
    const out = join(folder, 'terminal');
    const line =
      /\d+s · open · \d+ msg\/s · 5 symbols · checksums [\d,]+ of [\d,]+ · gaps 0 · [\d.]+ kB · lag [\d.-]+ ms/;
    const seen = new AbortController();
    const { code, stderr } = await kr(['start', '--out', out], {
      isTTY: true,
      interrupted: seen.signal,
      onStderr: (text) => {
        if (line.test(text)) seen.abort();
      },
    });
    expect(stderr).toMatch(line);
    expect(code).toBe(0);
  });

  it('continues a recording that is named, and the verdict says that it was interrupted', async () => {
    const out = join(folder, 'continued');
    const flags = ['--duration', '300ms', '--out', out];
    expect((await kr(['start', ...flags])).code).toBe(0);
    const again = await kr(['start', ...flags]);
    expect(again.stdout).toMatch(/^proved: every checksum matched, 1 gap, all recorded$/m);
    expect(again.code).toBe(0);
    expect((await kr(['start', ...flags, '--strict'])).code).toBe(1);
  });

  it('says that the port is in use, and what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await kr(['start', '--port', `${port}`], { workingDirectory: folder });
    server.close();
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^kr: port ${port} of 127\\.0\\.0\\.1 is in use: .+`));
  });

  it.each([
    [['start', '--duration', '10'], /10s, 5m or 6h/],
    [['start', '--rate', '0'], /whole number from 1 to/],
    [['start', '--port', '70000'], /whole number from 0 to 65535/],
    [['start', '--live', '--duration', '1s'], /needs a symbol/],
    [['start', '--live'], /needs a symbol/],
    [['start', '--depth', '11'], /Give one of 10, 25, 100, 500, 1000/],
    [['strat'], /unknown command 'strat'[\s\S]*start/],
  ])('refuses %j with a message and exit code 2', async (argv, message) => {
    const { code, stderr } = await kr(argv, { workingDirectory: folder });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
