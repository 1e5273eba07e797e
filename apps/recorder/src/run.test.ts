import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalProcessTable, verdictExitCode, verify } from '@kr/recording';
import { createSandbox } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder, type Recorder } from './index.ts';
import { type Log, type RunIo, readSettings, runRecorder } from './run.ts';

const clock = createSystemClock();
const timers = createSystemTimers();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-run-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const settingsOf = async (...argv: string[]) => {
  const found = await readSettings(argv, folder);
  if (found === 'help') throw new Error('help was not asked for');
  return found;
};

/** Of this process; what is said and logged is kept. */
const host = (stop: AbortController) => {
  const said: Record<string, unknown>[] = [];
  const told: string[] = [];
  const tell: Log['info'] = (_facts, text) => void told.push(text);
  const io: RunIo = {
    ...{ clock, timers, random: Math.random, env: {}, home: folder, pid: process.pid },
    ...{ processes: signalProcessTable(process), execPath: process.execPath },
    log: { info: tell, warn: tell, error: tell },
    say: (line) => void said.push({ ...line }),
    stop: stop.signal,
  };
  return { io, said, told };
};

describe('runRecorder', () => {
  it('records by a command line in the process of its caller, until that says so', async () => {
    await using sandbox = createSandbox({ source: { kind: 'synthetic', seed: 1 }, clock, timers });
    const { url } = await sandbox.listen();
    const given = ['--url', url, '--source', 'sandbox', '--out', 'recording', '--port', '0'];
    const { config, isCheck } = await settingsOf(...given, 'BTC/USD');
    expect(isCheck).toBe(false);
    const stop = new AbortController();
    const { io, said } = host(stop);
    let recorder: Recorder | undefined;
    const running = runRecorder(config, { ...io, onOpen: (opened) => (recorder = opened) });
    while ((recorder?.status.checksums.matched ?? 0) < 20) await new Promise(setImmediate);
    const frames = recorder?.status.frames ?? NaN;
    stop.abort();
    await running;
    expect(said.map(({ event }) => event)).toEqual(['recording', 'closed']);
    expect(said[0]).toMatchObject({ symbols: 1, directory: join(folder, 'recording') });
    expect(said[1]?.['frames']).toBeGreaterThanOrEqual(frames);
    expect(verdictExitCode(await verify(join(folder, 'recording')), { strict: true })).toBe(0);
  });

  it('throws what ended it, and leaves the recording closed', async () => {
    const { io, said } = host(new AbortController());
    const given = ['--url', 'ws://127.0.0.1:1/v2', '--source', 'sandbox', '--out', 'recording'];
    const { config } = await settingsOf(...given, 'BTC/USD');
    await expect(runRecorder(config, io)).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(said).toEqual([]);
    const again = await createRecorder({
      ...{ url: 'ws://127.0.0.1:1/v2', source: 'sandbox', feeds: [] },
      ...{ directory: join(folder, 'recording'), clock, timers, random: Math.random },
    });
    await again.close();
  });
});

describe('readSettings', () => {
  it('tells of flags that there are none of as of any other mistake', async () => {
    await expect(settingsOf('--nonsense')).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringMatching(/--nonsense.+kr-recorder \[--config FILE\]/s),
    });
    expect(await readSettings(['--help'], folder)).toBe('help');
    expect(await settingsOf('--check', '--out', 'x', 'BTC/USD')).toMatchObject({ isCheck: true });
  });
});
