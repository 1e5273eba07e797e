import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addDecimals,
  compareDecimals,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '@kr/orderbook/decimal';
import { createRestSandbox, proLimits, type RestFault, type RestSandbox } from '@kr/sandbox/rest';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { hasPseudoTerminal, krOnTerminal } from './pseudo-terminal.ts';
import { kr, krShell, type TerminalOptions } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
let market: OwnMarket;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-orders-'));
  market = await openOwnMarket();
  env = { ...market.env, XDG_STATE_HOME: join(folder, 'state') };
});
afterAll(async () => {
  await market.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (line: string, options: TerminalOptions = {}) =>
  kr(line.split(' '), { env, workingDirectory: folder, ...options });
const json = async <T>(line: string, options: TerminalOptions = {}): Promise<T> => {
  const { stdout, stderr, code } = await ask(`${line} -o json`, options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  return JSON.parse(stdout) as T;
};
type Rows = Record<string, string>[];

describe('an order', () => {
  it('is placed, amended and cancelled from the shell, and each time it is seen', async () => {
    const lines = [
      'kr order add buy 0.01 btc-usd --price 30000 --client-order-id first --yes',
      'kr order amend first --volume 0.02 --yes',
      'kr orders open -o csv',
      'kr order cancel first --yes',
    ];
    const before = await json('balance');
    const { code, stdout, stderr } = await krShell(`set -e; ${lines.join('; ')}`, { env });
    expect(stderr).toBe('kr: sending, as client order first\n');
    expect(stdout).toMatch(/^summary +buy 0\.01 BTC\/USD @ limit 30000 = 300 USD$/m);
    expect(stdout).toMatch(
      /^O[^,]+,BTC\/USD,buy,limit,30000(?:\.0)?,0\.020*,0\.0+,open,.+,first,true$/m,
    );
    expect(stdout).toMatch(/^first +cancelled$/m);
    expect(code).toBe(0);
    expect(await json<Rows>('orders open')).toEqual([]);
    expect(await json('order find first')).toMatchObject({ status: 'canceled' });
    // What it held is free again, and nothing was paid.
    expect(await json('balance')).toEqual(before);
  });

  it('at the market says what it may cost, before it is sent', async () => {
    const { stderr } = await ask('order add buy 0.01 btcusd', { answer: 'n' });
    const [, price = '', cost = ''] =
      /ask ([\d.]+)\nat the best ask it is ([\d.]+) USD, before fees\n/.exec(stderr) ?? [];
    expect(Number(cost)).toBeCloseTo(Number(price) * 0.01, 1);
  });

  it('that fills changes the balances by what it cost, to the last digit', async () => {
    const balances = async () =>
      new Map((await json<Rows>('balance')).map(({ asset = '', ...row }) => [asset, row]));
    const before = await balances();
    const { order_id } = await json<Record<string, string>>('order add buy 0.01 btcusd --yes');
    const fills = (await json<Rows>('trades mine')).filter((fill) => fill['order_id'] === order_id);
    expect(fills.length).toBeGreaterThan(0);
    const after = await balances();
    const amount = (name: string) => sumDecimals(fills.map((fill) => fill[name] ?? ''));
    const paid = addDecimals(amount('cost'), amount('fee'));
    const change = (asset: string) =>
      subtractDecimals(after.get(asset)?.['balance'] ?? '', before.get(asset)?.['balance'] ?? '');
    expect(compareDecimals(change('BTC'), '0.01')).toBe(0);
    expect(compareDecimals(negateDecimal(change('USD')), paid)).toBe(0);
    expect(await json('ledgers --limit 2')).toMatchObject([{ type: 'trade' }, { type: 'trade' }]);
  });

  it('that rests holds what it may cost, until it is cancelled', async () => {
    const held = async () =>
      (await json<Rows>('balance')).find(({ asset }) => asset === 'USD')?.['held'];
    await json('order add buy 0.1 btcusd --price 30000 --client-order-id holding --yes');
    expect(Number(await held())).toBeGreaterThanOrEqual(3000);
    await json('order cancel holding --yes');
    expect(Number(await held())).toBe(0);
  });

  it('is in the closed ones afterwards, the newest first', async () => {
    await json('order add sell 0.5 XXBTZUSD --price 99000 --client-order-id second --yes');
    await json('order cancel second --yes');
    const closed = await json<Rows>('orders closed --limit 1');
    expect(closed).toMatchObject([{ client_order_id: 'second', side: 'sell', status: 'canceled' }]);
    expect((await json<Rows>('orders closed --all')).length).toBeGreaterThan(1);
    expect(await json<Rows>('orders closed --since 2020-01-01 --until 2020-01-02')).toEqual([]);
  });

  it('is only checked with --validate: nothing is placed, amended or cancelled', async () => {
    const { order_id } = await json<{ order_id: string }>(
      'order add buy 0.02 btcusd --price 20000 --client-order-id kept --yes',
    );
    const before = await json<Rows>('orders open');
    expect(await json('order add buy 0.01 btcusd --price 30000 --validate')).toMatchObject({
      status: 'valid',
    });
    expect(await json('order amend kept --price 20001 --validate')).toMatchObject({
      status: 'valid',
      order_id,
      summary: `amend ${order_id}, buy 0.02 BTC/USD @ limit 20000.0: price to 20001`,
    });
    await json(`order cancel ${order_id} --validate`);
    await json('order cancel-all --validate');
    await json('order dead-man 60 --validate');
    expect(await json<Rows>('orders open')).toEqual(before);
    await json('order cancel-all --yes');
    expect(await json<Rows>('orders open')).toEqual([]);
  });

  it('that breaks a limit is refused before anybody is asked, with the nearest that passes', async () => {
    const { code, stderr, stdout } = await ask(
      'order add buy 0.01 btcusd --price 30000.17 -o json',
    );
    expect(stderr).toMatch(/tick size 0\.1\.\n.+nearest valid value is 30000\.2/);
    expect(JSON.parse(stdout)).toMatchObject({ error: 'validation', effect: 'none' });
    expect(code).toBe(2);
    const rounded = 'order add buy 0.01 btcusd --price 30000.17 --round --validate';
    expect(await json(rounded)).toMatchObject({ summary: expect.stringContaining('30000.1 ') });
  });

  it('is refused by the exchange with its words, a category and an exit code', async () => {
    const { code, stdout, stderr } = await ask('order cancel nobody --yes -o json');
    expect(stderr).toContain('EOrder:Unknown order');
    expect(JSON.parse(stdout)).toMatchObject({ error: 'api', exit_code: 7, effect: 'none' });
    expect(code).toBe(7);
  });

  it('among several is cancelled whatever becomes of the others', async () => {
    await json('order add buy 0.01 btcusd --price 30000 --client-order-id third --yes');
    const { code, stdout } = await ask('order cancel nobody third --yes -o json');
    expect(JSON.parse(stdout)).toMatchObject([
      { order: 'nobody', status: 'refused' },
      { order: 'third', status: 'cancelled' },
    ]);
    expect(code).toBe(7);
  });

  it('comes in a batch, each with an outcome', async () => {
    const row = { type: 'buy', ordertype: 'limit', price: '30000.0', volume: '0.01' };
    await writeFile(join(folder, 'orders.json'), JSON.stringify([row, { ...row, volume: 0.02 }]));
    const placed = await json<Rows>('order batch btcusd orders.json --yes');
    expect(placed.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    await json('order cancel-all --yes');
    for (const [text, message] of [
      ['[', /orders\.json: /],
      ['[]', /no list of 2 to 15/],
    ] as const) {
      await writeFile(join(folder, 'orders.json'), text);
      const { code, stderr } = await ask('order batch btcusd orders.json --yes');
      expect(stderr).toMatch(message);
      expect(code).toBe(2);
    }
  });

  it.each([
    ['order add buy 0.01 btcusf --price 1', /no pair "btcusf"[\s\S]+BTC\/USD/],
    ['order add bye 0.01 btcusd', /buy, sell/],
    ['order add buy 1e3 btcusd', /plain decimal/],
    ['order add buy 1 btcusd --type limit', /needs a price/],
    ['order amend some', /what to change/],
    ['order dead-man 86400', /0 to 86399/],
    ['order dead-man 0 --hold', /nothing to hold/],
    ['order ad', /unknown command 'ad'/],
  ])('asked for wrongly, %s is refused', async (line, message) => {
    const { code, stderr } = await ask(line);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('a question', () => {
  it('without a terminal needs --yes: nothing is sent', async () => {
    const { code, stderr } = await ask('order add buy 0.01 btcusd --price 30000');
    expect(stderr).toMatch(/nothing was sent: buy 0\.01 BTC\/USD[\s\S]+--yes/);
    expect(code).toBe(2);
    expect(await json<Rows>('orders open')).toEqual([]);
  });

  it.runIf(hasPseudoTerminal)('on a terminal shows what it comes to, and asks', async () => {
    const words = 'order add buy 0.01 BTC/USD --price 30000 --client-order-id typed'.split(' ');
    const question = 'Do this in the sandbox (simulated)? [y/N] ';
    const plain = { ...env, NO_COLOR: '1' };
    const no = await ask(words.join(' '), { answer: 'n' });
    expect(no.stderr).toContain('Not confirmed: nothing was sent.');
    expect(no.code).toBe(2);
    expect(await json<Rows>('orders open')).toEqual([]);

    const yes = await krOnTerminal(words, [[question, 'y\n']], plain);
    expect(yes.text).toContain('buy 0.01 BTC/USD @ limit 30000 = 300 USD');
    expect(yes.text).toMatch(/the market now: bid [\d.]+, ask [\d.]+\r\n/);
    expect(yes.text).toMatch(/the limit is [45]\d\.\d\d % below the best ask/);
    expect(yes.text).toContain('accepted');
    expect(yes.code).toBe(0);
    expect(await json<Rows>('orders open')).toMatchObject([{ client_order_id: 'typed' }]);
    await json('order cancel typed --yes');
  });

  it.runIf(hasPseudoTerminal)('ends with Ctrl-C, and nothing is sent', async () => {
    const words = 'order cancel-all'.split(' ');
    const { code, text } = await krOnTerminal(words, [['[y/N] ', '\u0003']], env);
    expect(text).not.toContain('kr:');
    expect(code).toBe(130);
  });

  it.skipIf(hasPseudoTerminal)(
    'on a terminal is not tested: this needs script of util-linux',
    () => {
      expect(hasPseudoTerminal).toBe(false);
    },
  );
});

describe('an outcome that nobody knows', () => {
  const many = { max: 1e9, decayPerSecond: 1e9 };
  const noLimits = { ...proLimits, rest: many, trading: many };
  const key = 'a-key-of-the-sandbox';
  const secret = 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=';
  let fault: ((path: string) => RestFault | undefined) | undefined;
  let faulty: RestSandbox;
  let options: TerminalOptions;
  beforeAll(async () => {
    faulty = createRestSandbox({
      clock: createSystemClock(),
      timers: createSystemTimers(),
      keys: [{ key, secret }],
      // What is tested here are faults, not how often one may ask.
      limits: noLimits,
      fault: ({ path }) => fault?.(path),
    });
    const { url } = await faulty.listen();
    options = {
      env: {
        KR_SANDBOX_URL: url,
        KR_SANDBOX_API_KEY: key,
        KR_SANDBOX_API_SECRET: secret,
        XDG_STATE_HOME: join(folder, 'faulty'),
      },
    };
  });
  afterAll(() => faulty.close());

  const place = 'order add buy 0.01 btcusd --price 30000 --yes -o json --client-order-id';

  it.each(['badGateway', 'reset', 'cutBody', 'internal'] as const)(
    'after %s has its own exit code, and can be found out',
    async (how) => {
      fault = (path) => (path.endsWith('/AddOrder') ? { when: 'after', how } : undefined);
      const { code, stdout, stderr } = await ask(`${place} lost-${how}`, options);
      fault = undefined;
      expect(code).toBe(8);
      expect(JSON.parse(stdout)).toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        effect: 'unknown',
        client_order_id: `lost-${how}`,
        exit_code: 8,
      });
      expect(stderr).toContain(`kr order find lost-${how}`);
      // It was sent once, and it is there.
      expect(await json(`order find lost-${how}`, options)).toMatchObject({ status: 'open' });
    },
  );

  it('of an order that never arrived stays unknown: "not found" is no verdict', async () => {
    fault = (path) => (path.endsWith('/AddOrder') ? { when: 'before', how: 'reset' } : undefined);
    expect((await ask(`${place} never`, options)).code).toBe(8);
    fault = undefined;
    const { code, stdout } = await ask('order find never --attempts 1 -o json', options);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'ORDER_NOT_FOUND', effect: 'unknown' });
    expect(code).toBe(8);
  });

  it('of a change says how to find out, too', async () => {
    fault = (path) =>
      path.endsWith('/AmendOrder') ? { when: 'after', how: 'badGateway' } : undefined;
    const line = 'order amend lost-reset --volume 0.02 --yes -o json';
    const { code, stdout } = await ask(line, options);
    fault = undefined;
    expect(JSON.parse(stdout)).toMatchObject({ code: 'OUTCOME_UNKNOWN', order: 'lost-reset' });
    expect(code).toBe(8);
  });

  it('is not what "nothing was sent" is', async () => {
    const nowhere = { ...options.env, KR_SANDBOX_URL: 'http://127.0.0.1:1' };
    const { code, stdout } = await ask(`${place} unsent`, { env: nowhere });
    expect(JSON.parse(stdout)).toMatchObject({ error: 'network', effect: 'none' });
    expect(code).toBe(3);
  });

  it('after Ctrl-C in the middle of it is one, too', async () => {
    const interrupt = new AbortController();
    fault = (path) => {
      if (!path.endsWith('/AddOrder')) return undefined;
      // Sent, and on its way for good.
      setTimeout(() => interrupt.abort(), 20);
      return { when: 'after', how: 'timeout' };
    };
    const interrupted = { ...options, interrupted: interrupt.signal };
    const { code, stdout } = await ask(`${place} cut-short`, interrupted);
    fault = undefined;
    expect(JSON.parse(stdout)).toMatchObject({ client_order_id: 'cut-short', effect: 'unknown' });
    expect(code).toBe(8);
    expect(await json('order find cut-short', options)).toMatchObject({ status: 'open' });
  });
});

describe("the dead man's switch", () => {
  it('is armed and disarmed', async () => {
    expect(await json('order dead-man 60 --yes')).toMatchObject({ status: 'armed' });
    expect(await json('order dead-man 0 --yes')).toMatchObject({ status: 'disarmed' });
  });

  it('is held until Ctrl-C, and disarmed then', async () => {
    const interrupt = new AbortController();
    const held = ask('order dead-man 60 --hold --yes', { interrupted: interrupt.signal });
    setTimeout(() => interrupt.abort(), 300);
    const { code, stdout, stderr } = await held;
    expect(stdout).toMatch(/status +armed/);
    expect(stderr).toContain('is disarmed');
    expect(code).toBe(0);
  });
});
