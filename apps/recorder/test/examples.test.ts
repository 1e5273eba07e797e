import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseFlags } from '../src/config/flags.ts';
import { readConfig } from '../src/config/read-config.ts';

const exec = promisify(execFile);
const folder = join(import.meta.dirname, '../examples');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const hasSystemd = await exec('systemd-analyze', ['--version']).then(
  () => true,
  () => false,
);

describe('the example of a service', () => {
  it.runIf(hasSystemd)(
    'is one that systemd takes (skipped where there is none)',
    async () => {
      // A folder of the right owner and mode, and a program that is there, are not what is asked.
      const work = await mkdtemp(join(tmpdir(), 'kr-unit-'));
      try {
        const unit = join(work, 'kr-recorder.service');
        await copyFile(join(folder, 'kr-recorder.service'), unit);
        const { stderr } = await exec('systemd-analyze', ['verify', '--man=no', unit]);
        expect(stderr.split('\n').filter((line) => line.includes('kr-recorder.service'))).toEqual(
          [],
        );
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
    60_000,
  );

  it('starts, reloads and ends as the program does', () => {
    const unit = read('kr-recorder.service');
    const command = /^ExecStart=.*? kr-recorder (.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
    expect(parseFlags(command)).toMatchObject({ config: '/etc/kr-recorder/recorder.toml' });
    expect(unit).toMatch(/^ExecReload=.*-HUP/m);
    expect(unit).toMatch(/^KillSignal=SIGTERM$/m);
    expect(unit).toMatch(/^RestartPreventExitStatus=2$/m);
  });
});

describe('the example of a container', () => {
  it('starts the program by its flags, and asks for health where the example settings serve it', async () => {
    const file = read('Containerfile');
    const entry = /^ENTRYPOINT (\[.*\])$/m.exec(file)?.[1] ?? '[]';
    const [program, ...args] = JSON.parse(entry) as string[];
    expect(program).toBe('kr-recorder');
    expect(parseFlags(args)).toMatchObject({ config: '/etc/kr-recorder/recorder.toml' });
    const flags = parseFlags(['--config', join(folder, 'recorder.toml')]);
    if (flags === 'help') throw new Error('asked for help');
    const { http } = await readConfig(flags, folder);
    expect(file).toContain(`http://127.0.0.1:${http?.port}/health`);
    expect(file).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(file).toMatch(/^USER node$/m);
  });
});
