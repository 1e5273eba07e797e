import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { overview } from '../src/overview.ts';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { kr, krProcess, krShell } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// What every command has in common, through the built binary where a process matters.
const secret = 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=';
let home: string;
let config: string;
let market: OwnMarket;
beforeAll(async () => {
  market = await openOwnMarket();
  home = await mkdtemp(join(tmpdir(), 'kr-house-'));
  config = join(home, '.config/kr/config.toml');
  await mkdir(join(home, '.config/kr'), { recursive: true });
});
afterAll(async () => {
  await market.close();
  await rm(home, { recursive: true, force: true });
});

describe('kr as a process', () => {
  it('prints its version, and from the build what the tree of commands says', async () => {
    expect((await krProcess(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { code, stdout, stderr } = await krProcess([]);
    expect(stdout).toMatch(/^Usage: kr[\s\S]+Examples:[\s\S]+Exit codes: 0 done/);
    expect(stdout).toBe(await overview());
    expect([code, stderr]).toEqual([0, '']);
  });

  it('ends quietly when the reader of its pipe has gone', async () => {
    const line = 'set -o pipefail; kr spot /0/public/AssetPairs | head -c 1';
    const { code, stdout, stderr } = await krShell(line, { env: market.env });
    expect(stdout).toHaveLength(1);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('ends with 130 on Ctrl-C, without a word', async () => {
    let sent = false;
    const onStdout = (_text: string, pid: number): void => {
      if (!sent) process.kill(pid, 'SIGINT');
      sent = true;
    };
    const running = await krProcess(['sandbox', '-o', 'json'], {
      onStdout,
      env: { XDG_STATE_HOME: join(home, 'state') },
    });
    // A server that was told to end has done what it should.
    expect(running.code).toBe(0);
    expect(JSON.parse(running.stdout)).toMatchObject({ simulated: true });
    const aborted = await kr(['spot', '/0/public/Time'], {
      env: market.env,
      interrupted: AbortSignal.abort(),
    });
    expect(aborted).toEqual({ code: 130, stdout: '', stderr: '' });
  });
});

describe('an error', () => {
  it.each([
    [['tikcer'], 'validation', 2, /unknown command 'tikcer'/],
    [['sopt'], 'validation', 2, /Did you mean spot\?/],
    [['spot'], 'validation', 2, /missing required argument 'path'/],
    [['spot', '/0/public/Time', '--otuput', 'csv'], 'validation', 2, /Did you mean --output\?/],
    [
      ['spot', 'https://example.com/0/private/Balance'],
      'validation',
      2,
      /no path of https:\/\/api/,
    ],
    [['spot', 'PUT', '/0/public/Time'], 'validation', 2, /"PUT" is no method/],
    [['spot', '/0/private/Balance'], 'config', 2, /needs a key[\s\S]+--key-file/],
    [['spot', '/0/public/Trades', '-d', '{"pair":'], 'parse', 2, /no JSON/],
    [
      ['spot', '/0/public/Time', '--sandbox-url', 'http://127.0.0.1:1'],
      'network',
      3,
      /no connection/,
    ],
    [
      ['spot', '/0/public/Time', '--sandbox-url', 'https://kraken.com'],
      'validation',
      2,
      /no address/,
    ],
    [['--sandbox', 'spot', '/0/public/Nothing'], 'validation', 2, /Unknown method/],
    [['spot', '/0/private/Balance', '--key-file', 'none'], 'config', 2, /none/],
    [['verify', 'nowhere'], 'validation', 2, /nowhere/],
  ])(
    'of %j has a category, an exit code and an envelope',
    async (argv, category, code, message) => {
      const outcome = await kr([...argv, '-o', 'json']);
      expect(outcome.stderr).toMatch(/^kr: /);
      expect(outcome.stderr).toMatch(message);
      expect(outcome.stderr).not.toContain('    at ');
      expect(JSON.parse(outcome.stdout)).toMatchObject({
        error: category,
        retryable: expect.any(Boolean),
        effect: 'none',
        exit_code: code,
      });
      expect(outcome.code).toBe(code);
    },
  );

  it('prints no envelope where nobody asked for one', async () => {
    expect((await kr(['spot'])).stdout).toBe('');
  });
});

describe('a key', () => {
  const balance = ['spot', '/0/private/Balance', '-o', 'json'];
  const refused = async (argv: string[], options = {}) => {
    const { stdout, stderr, code } = await kr([...balance, ...argv], { home, ...options });
    expect(stdout + stderr).not.toContain(secret);
    return { envelope: JSON.parse(stdout) as Record<string, unknown>, stderr, code };
  };
  const toNowhere = { KR_SANDBOX_URL: 'http://127.0.0.1:1' };

  it('on the command line is warned of', async () => {
    const { stderr, envelope } = await refused(['--api-key', 'k', '--api-secret', secret], {
      env: toNowhere,
    });
    expect(stderr).toContain('can be seen by other programs');
    expect(envelope).toMatchObject({ error: 'network' });
  });

  it('comes from stdin, from the environment, from a profile and from a file', async () => {
    const stdin = await refused(['--key-file', '-'], { env: toNowhere, stdin: `k\n${secret}\n` });
    expect(stdin.envelope).toMatchObject({ error: 'network' });
    const env = { ...toNowhere, KR_SANDBOX_API_KEY: 'k', KR_SANDBOX_API_SECRET: secret };
    expect((await refused([], { env })).envelope).toMatchObject({ error: 'network' });

    const table = `[local]\nenvironment = "sandbox"\napi_key = "k"\napi_secret = "${secret}"\n`;
    await writeFile(join(home, '.config/kr/profiles.toml'), table, { mode: 0o600 });
    const profile = await refused(['--profile', 'local'], { env: toNowhere });
    expect(profile.envelope).toMatchObject({ error: 'network' });
    // The same key is never sent to Kraken.
    expect((await refused(['--profile', 'local'])).envelope).toMatchObject({ error: 'config' });
  });

  it('in a file that others can read is refused, with the way to mend it', async () => {
    const path = join(home, 'open.key');
    await writeFile(path, `k\n${secret}\n`);
    await chmod(path, 0o644);
    const { stderr, envelope } = await refused(['--key-file', path]);
    expect(stderr).toContain(`chmod 600 ${path}`);
    expect(envelope).toMatchObject({ error: 'config', code: 'KEY_FILE_EXPOSED' });
  });

  it('that the exchange does not know is an error of the key', async () => {
    const env = { KR_SANDBOX_API_KEY: 'unknown', KR_SANDBOX_API_SECRET: secret };
    const outcome = await kr([...balance, '--sandbox-url', market.rest], { home, env });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ error: 'auth', exit_code: 5 });
    expect(outcome.stderr).toMatch(/EAPI:Invalid key/);
    expect(outcome.code).toBe(5);
  });
});

describe('the settings file', () => {
  it('gives what no flag gives', async () => {
    await writeFile(config, 'output = "json"\ntimeout = "5s"\n');
    const { env } = market;
    const { stdout } = await kr(['spot', '/0/public/Time'], { home, env });
    expect(JSON.parse(stdout)).toMatchObject({ simulated: true });
    const flag = await kr(['spot', '/0/public/Time', '-o', 'table'], { home, env });
    expect(flag.stdout).toMatch(/^sandbox \(simulated\)\n/);
  });

  it.each([
    [
      '\n\nouptut = "json"\n',
      /config\.toml:3: there is no setting "ouptut"\. Did you mean output\?/,
    ],
    ['# one\noutput = "yaml"\n', /config\.toml:2: output: give one of table, json/],
    ['output = "json\n', /config\.toml:1: /],
    ['tier = 3\n', /config\.toml:1: tier: /],
    ['timeout = "5"\n', /timeout = "5" is no time/],
  ])('is refused with the line and the key: %j', async (text, message) => {
    await writeFile(config, text);
    const { code, stderr } = await kr(['spot', '/0/public/Time'], { home });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    await rm(config);
  });

  it('must exist when it is named', async () => {
    const { code, stderr } = await kr(['spot', '/0/public/Time', '--config', '/none.toml']);
    expect(stderr).toMatch(/\/none\.toml does not exist/);
    expect(code).toBe(2);
  });
});
