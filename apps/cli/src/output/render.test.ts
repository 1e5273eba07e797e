import { RawNumber } from '@kr/schemas/json';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import type { OutputFormat } from './formats.ts';
import { render } from './render.ts';
import { type CommandResult, recordResult } from './result.ts';

const pairs: CommandResult = {
  columns: [
    { key: 'pair' },
    { key: 'price', align: 'decimal' },
    { key: 'volume', title: 'volume 24h', align: 'decimal' },
  ],
  rows: [
    { pair: 'BTC/USD', price: '64525.10', volume: '12', more: new RawNumber('0.10') },
    { pair: 'a "b", c', price: '0.00005100', volume: undefined },
  ],
};

interface Setting {
  readonly simulated?: boolean;
  readonly width?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly readerGone?: AbortSignal;
}

const printed = async (
  result: CommandResult,
  format: OutputFormat,
  { simulated = false, width, env = {}, readerGone }: Setting = {},
): Promise<string> => {
  let text = '';
  const sink = {
    write: (more: string) => (text += more),
    isTTY: width !== undefined,
    columns: width,
  };
  const io: Io = {
    stdout: sink,
    stderr: sink,
    readStdin: async () => '',
    ask: undefined,
    terminal: undefined,
    env,
    home: '/',
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: Math.random,
    interrupted: new AbortController().signal,
    readerGone: readerGone ?? new AbortController().signal,
    workingDirectory: '/',
    self: process,
  };
  await render(result, { format, simulated }, io);
  return text;
};

describe('what a command found', () => {
  it('is a table with points under each other, and nothing where a value is absent', async () => {
    expect(await printed(pairs, 'table')).toBe(
      [
        'pair               price  volume 24h',
        'BTC/USD   64525.10                12',
        'a "b", c      0.00005100',
        '',
      ].join('\n'),
    );
  });

  it('is an array in JSON, and an object a line in NDJSON, with the digits it came with', async () => {
    const lines = [
      '{"pair":"BTC/USD","price":"64525.10","volume":"12","more":0.10}',
      '{"pair":"a \\"b\\", c","price":"0.00005100"}',
    ];
    expect(await printed(pairs, 'json')).toBe(`[${lines.join(',\n')}]\n`);
    expect(await printed(pairs, 'ndjson')).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('is CSV of RFC 4180', async () => {
    expect(await printed(pairs, 'csv')).toBe(
      'pair,price,volume\nBTC/USD,64525.10,12\n"a ""b"", c",0.00005100,\n',
    );
  });

  it('says in every form that it is simulated', async () => {
    const marked = (format: OutputFormat) => printed(pairs, format, { simulated: true });
    expect(await marked('table')).toMatch(/^sandbox \(simulated\)\npair/);
    expect(await marked('csv')).toMatch(/^pair,price,volume,simulated\n.+,true\n.+,true\n$/);
    for (const line of (await marked('ndjson')).trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ simulated: true });
    }
    expect(await printed({ ...pairs, document: [1] }, 'json', { simulated: true })).toBe(
      '{"result":[1],"simulated":true}\n',
    );
  });

  it('leaves out columns that do not fit, says which, and cuts no number', async () => {
    const table = await printed(pairs, 'table', { width: 30, env: { NO_COLOR: '1' } });
    expect(table).not.toContain('volume 24h');
    expect(table).toContain('\n… 1 more in -o csv\n');
    const wide = {
      ...pairs,
      columns: [...pairs.columns, { key: 'a'.repeat(40) }, { key: 'more' }],
    };
    const rows = [{ pair: 'BTC/USD', price: '1', volume: '2', ['a'.repeat(40)]: 1, more: 1 }];
    const narrow = await printed({ ...wide, rows }, 'table', { width: 40, env: { NO_COLOR: '1' } });
    expect(narrow.split('\n').every((line) => line.length <= 40)).toBe(true);
    expect(narrow).toContain('\n… 2 more in -o csv\n');
    const named = await printed(pairs, 'table', { width: 42, env: { NO_COLOR: '1' } });
    expect(named).not.toContain('too narrow');
    expect(await printed(pairs, 'table', { width: 3 })).toContain('BTC/USD\n');
  });

  it('leaves out of a table a column that nothing is in, and says what "nothing" is', async () => {
    const rows = [{ pair: 'BTC/USD', price: '1' }];
    expect(await printed({ ...pairs, rows }, 'table')).toBe('pair     price\nBTC/USD      1\n');
    expect(await printed({ ...pairs, rows }, 'csv')).toBe('pair,price,volume\nBTC/USD,1,\n');
    expect(await printed({ ...pairs, rows: [], empty: 'no pair' }, 'table')).toBe('no pair\n');
  });

  it('puts fields of fields into words', async () => {
    const result = recordResult({ frames: 3, checksums: { matched: 2, mismatched: 0 } });
    expect(await printed(result, 'table')).toBe(
      'frames     3\nchecksums  matched 2, mismatched 0\n',
    );
  });

  it.each([
    [{ width: 80 }, true],
    [{ width: 80, env: { NO_COLOR: '1' } }, false],
    [{ width: 80, env: { TERM: 'dumb' } }, false],
    [{}, false],
    [{ env: { FORCE_COLOR: '1' } }, true],
    [{ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ])('has colours with %j: %s', async (setting, coloured) => {
    expect((await printed(pairs, 'table', setting)).includes('\u001b[')).toBe(coloured);
  });

  it('ends when the reader has gone', async () => {
    const gone = new AbortController();
    let made = 0;
    const rows = (function* endless() {
      for (;;) {
        made += 1;
        if (made === 3) gone.abort();
        yield { pair: `P${made}` };
      }
    })();
    const text = await printed({ ...pairs, rows }, 'ndjson', { readerGone: gone.signal });
    expect(text).toBe('{"pair":"P1"}\n{"pair":"P2"}\n');
  });

  it('refuses CSV of what has no rows, with the way out', async () => {
    const failing = printed({ columns: [], rows: [], document: 1 }, 'csv');
    await expect(failing).rejects.toMatchObject({ category: 'validation' });
  });
});
