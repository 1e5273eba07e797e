import { createSandbox } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { kr } from '../../test/terminal.ts';

describe('kr book --once', () => {
  it('prints a verified ladder of the sandbox, asks above bids, best in the middle', async () => {
    const { code, stdout } = await kr(['book', 'BTC/USD', '--once']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.shift()).toBe('sandbox (simulated)');
    expect(lines[0]).toMatch(/^BTC\/USD · depth 10 · verified \(checksum \d+\)$/);
    expect(lines).toHaveLength(22);
    const prices = lines
      .filter((line) => /^(ask|bid)/.test(line))
      .map((line) => Number(line.split(/\s+/)[1]));
    expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    expect(lines[11]).toBe('---');
  });

  it('gives the same ladder as JSON and as rows', async () => {
    const { stdout } = await kr(['book', 'MLN/EUR', '--once', '-o', 'json']);
    const book = JSON.parse(stdout) as { bids: unknown[]; asks: unknown[]; verified: boolean };
    expect(book).toMatchObject({ symbol: 'MLN/EUR', verified: true, simulated: true });
    const csv = await kr(['book', 'MLN/EUR', '--once', '-o', 'csv']);
    expect(csv.stdout).toMatch(/^side,price,quantity,simulated\nask,[\d.]+,[\d.]+,true\n/);
  });

  it('prints the book of a sandbox that runs elsewhere', async () => {
    const sandbox = createSandbox({
      source: { kind: 'synthetic', seed: 3 },
      clock: createSystemClock(),
      timers: createSystemTimers(),
    });
    const { url } = await sandbox.listen();
    const { code, stdout } = await kr([
      'book',
      'PEPE/USD',
      '--once',
      '--depth',
      '25',
      '--url',
      url,
    ]);
    await sandbox.close();
    expect(stdout).toMatch(/^PEPE\/USD · depth 25 · verified/);
    expect(code).toBe(0);
  });

  it.each([
    [['book', 'XBT/EUR', '--once'], 2, /Currency pair not supported XBT\/EUR[\s\S]*BTC\/USD/],
    [['book', 'BTCUSD', '--once'], 2, /BTCUSD/],
    [['book', 'BTC/USD', '--once', '--depth', '11'], 2, /Give one of 10, 25, 100, 500, 1000/],
    [['book', 'BTC/USD'], 2, /--once/],
    [['book', 'BTC/USD', '--once', '--url', 'ws://127.0.0.1:1/v2'], 3, /127\.0\.0\.1:1/],
    [['book', 'BTC/USD', '--once', '--url', 'nonsense'], 2, /nonsense|url/i],
    [['book', 'BTC/USD', '--once', '--url', 'ws://x', '--live'], 2, /exclude/],
  ])('answers %j with exit code %i and a clear message', async (argv, expected, message) => {
    const { code, stdout, stderr } = await kr(argv);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^(kr|error): /);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(expected);
  });
});
