import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from '../../test/own-market.ts';
import { hasPseudoTerminal, krOnTerminal, screenOf } from '../../test/pseudo-terminal.ts';
import { kr } from '../../test/terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let market: OwnMarket;
beforeAll(async () => {
  market = await openOwnMarket();
});
afterAll(async () => {
  await market.close();
});

const book = (line: string, options = {}) =>
  kr(['book', ...line.split(' ')], { env: market.env, ...options });

interface LadderRow {
  readonly symbol: string;
  readonly verified: boolean;
  readonly bids: readonly {
    price: string;
    quantity: string;
    cumulative: string;
    orders?: number;
  }[];
  readonly asks: LadderRow['bids'];
  readonly spread: string;
}

describe('kr book --once', () => {
  it('prints a verified ladder, asks above bids, best in the middle', async () => {
    const { code, stdout } = await book('btcusd --once');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.shift()).toBe('sandbox (simulated)');
    expect(lines[0]).toMatch(/^BTC\/USD · depth 10 · ✓ verified checksum \d+$/);
    expect(lines).toHaveLength(23);
    const prices = lines
      .filter((line) => /^(ask|bid)/.test(line))
      .map((line) => Number(line.split(/\s+/)[1]));
    expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    expect(lines[12]).toMatch(/^--- {2}spread [\d.]+ · [\d.]+ bps · mid [\d.]+$/);
  });

  it('gives the same ladder as JSON and as rows, several at once', async () => {
    const { stdout } = await book('MLN/EUR --once -o json');
    expect(JSON.parse(stdout)).toMatchObject({
      symbol: 'MLN/EUR',
      verified: true,
      simulated: true,
    });
    const both = await book('MLN/EUR BTC/USD --once -o json');
    const { result } = JSON.parse(both.stdout) as { result: LadderRow[] };
    expect(result.map(({ symbol }) => symbol)).toEqual(['MLN/EUR', 'BTC/USD']);
    const csv = await book('PEPE/USD --once -o csv --depth 25');
    expect(csv.stdout).toMatch(
      /^symbol,side,price,quantity,cumulative,simulated\nPEPE\/USD,ask,[\d.]+,[\d.]+,[\d.]+,true\n/,
    );
    // A level that was just taken away may not have been refilled yet.
    expect(csv.stdout.trimEnd().split('\n').length).toBeGreaterThan(40);
  });

  it('counts the orders at each price', async () => {
    const { stdout } = await book('BTC/USD --once --level3 -o json');
    const { bids } = JSON.parse(stdout) as LadderRow;
    expect(bids.length).toBeGreaterThan(7);
    for (const { orders } of bids) expect(orders).toBeGreaterThan(0);
  });
});

describe('kr book', () => {
  it('prints the whole ladder after each change, where it is piped', async () => {
    const { code, stdout, stderr } = await book('BTC/USD ETH/USD --count 6');
    expect([code, stderr]).toEqual([0, '']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LadderRow);
    expect(rows).toHaveLength(6);
    for (const { verified, bids, asks, spread } of rows) {
      expect(verified).toBe(true);
      const best = Number(asks[0]?.price) - Number(bids[0]?.price);
      expect(Number(spread)).toBeCloseTo(best, 8);
      const sum = bids.reduce((total, { quantity }) => total + Number(quantity), 0);
      expect(Number(bids.at(-1)?.cumulative)).toBeCloseTo(sum, 6);
    }
  });

  it('says that a book is not verified, and shows it again when it is', async () => {
    market.sandbox.faults.inject({
      kind: 'corruptChecksum',
      symbol: 'BTC/USD',
      after: { frames: 3 },
    });
    const { stdout, stderr } = await book('BTC/USD --count 12');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LadderRow);
    expect(rows.map(({ verified }) => verified)).toContain(false);
    expect(rows.find(({ verified }) => !verified)).toMatchObject({ status: 'resyncing' });
    expect(rows.at(-1)?.verified).toBe(true);
    expect(stderr).toMatch(/gap of BTC\/USD book since .+: resync/);
  });

  it.each([
    ['XBT/EUR --once', 2, /no pair "XBT\/EUR"/],
    ['BTC/USD --once --depth 11', 2, /Give one of 10, 25, 100, 500, 1000/],
    ['BTC/USD --once --depth 25 --level3', 2, /Give 10, 100 or 1000/],
    ['BTC/USD --once --sandbox-url http://127.0.0.1:1', 3, /127\.0\.0\.1:1/],
    ['BTC/USD --once --sandbox-url nonsense', 2, /nonsense/],
  ])('answers %j with exit code %i and a clear message', async (line, expected, message) => {
    const { code, stdout, stderr } = await book(line);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^kr: /);
    expect(stderr).not.toContain('    at ');
    expect([code, stdout]).toEqual([expected, '']);
  });

  const size = { columns: 100, rows: 26 };
  /** What was on the screen of its own, last. */
  const lastScreen = (text: string) =>
    screenOf(text.slice(0, text.lastIndexOf('\u001b[?25h')), size);

  it.skipIf(!hasPseudoTerminal)('is a ladder that goes on, on a terminal, and groups', async () => {
    const typed = [
      ['orders', 'g'],
      ['group ×2', 'q'],
    ] as const;
    const words = ['book', 'BTC/USD', '--level3'];
    const { code, text } = await krOnTerminal(words, typed, { ...market.env, NO_COLOR: '1' }, size);
    expect(code).toBe(0);
    const shown = (await lastScreen(text)).split('\n');
    expect(shown[0]).toMatch(/^BTC\/USD {2}depth 10 · group ×2 · [\d.]+ msg\/s$/);
    expect(shown[1]).toMatch(/^✓ verified checksum \d+$/);
    expect(shown[2]).toMatch(/^ +price +quantity +cumulative +orders$/);
    expect(shown.some((line) => /^ask .+ [1-9]\d* {2}█/.test(line))).toBe(true);
    const middle = shown.findIndex((line) => line.startsWith('---  spread'));
    for (const line of shown.slice(3, middle)) {
      // Where there are fewer asks than lines, the middle stays where it is.
      expect(line).toMatch(/^(?:ask {2}\d+\.[02468] .*)?$/);
    }
    expect(shown.at(-1)).toMatch(/^sandbox \(simulated\) {2}q quits/);
    // The last ladder stays when the screen is given back.
    expect(await screenOf(text, size)).toContain('sandbox (simulated)\nBTC/USD  depth 10');
  });

  it.skipIf(!hasPseudoTerminal)('shows several side by side, and ends with Ctrl-C', async () => {
    const typed = [['✓ verified', '\u0003']] as const;
    const words = ['book', 'BTC/USD', 'ETH/USD', 'PEPE/USD'];
    const { code, text } = await krOnTerminal(words, typed, { ...market.env, NO_COLOR: '1' }, size);
    expect(code).toBe(0);
    const shown = await lastScreen(text);
    expect(shown).toMatch(/^BTC\/USD {2}depth 10 .+ETH\/USD {2}depth 10/);
    expect(shown).toMatch(/1 more · q quits/);
    expect(text).toContain('\u001b[?25h\u001b[?1049l');
  });
});
