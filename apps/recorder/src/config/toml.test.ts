import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseToml, type TomlDocument } from './toml.ts';

const document = (text: string): TomlDocument => {
  const parsed = parseToml(text);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed;
};

describe('parseToml', () => {
  it('knows the line of each key, and of the nearest one of what is not there', () => {
    const { lineOf } = document(
      [
        '# a remark with a = in it',
        'a = "x = 1 # none"',
        "\"b c\".d = '''",
        'e = 5',
        "'''",
        'list = [',
        '  "[x]", # ]',
        '  { f = 1 },',
        ']',
        '[symbols] # of all',
        'csv = { file = "a", column = "b" }',
        '[[feeds]]',
        'channel = "book"',
        '[[feeds]]',
        'channel = "ohlc"',
        '[feeds.more]',
        'x = """a"b""""',
        'y = 1',
      ].join('\n'),
    );
    const places: [PropertyKey[], number][] = [
      [['a'], 2],
      [['b c', 'd'], 3],
      [['list', 1, 'f'], 6],
      [['symbols'], 10],
      [['symbols', 'csv', 'column'], 11],
      [['symbols', 'missing'], 10],
      [['feeds', 0, 'channel'], 13],
      [['feeds', 1, 'channel'], 15],
      [['feeds', 1, 'depth'], 14],
      [['feeds', 1, 'more', 'y'], 18],
      [['nothing'], 1],
      [[], 1],
    ];
    expect(places.map(([path]) => [path, lineOf(path)])).toEqual(places);
  });

  it('says the line of what is no TOML', () => {
    expect(parseToml('a = 1\nb = \n')).toMatchObject({ line: 2 });
  });

  it('finds each key of whatever a writer writes', () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.array(fc.string()));
    const table = fc.dictionary(key, leaf, { minKeys: 1 });
    const whole = fc.record({
      alpha: table,
      tables: fc.array(table, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(whole, (value) => {
        const text = stringify(value);
        const lines = text.split('\n');
        const { lineOf, table: read } = document(text);
        expect(Object.keys(read)).toEqual(['alpha', 'tables']);
        const keys = [
          ...Object.keys(value.alpha).map((name) => ['alpha', name]),
          ...value.tables.flatMap((each, at) => Object.keys(each).map((n) => ['tables', at, n])),
        ];
        const found = keys.map((path) => lineOf(path));
        expect(new Set(found).size).toBe(keys.length);
        keys.forEach((path, at) => {
          expect(lines[(found[at] ?? 0) - 1]).toMatch(new RegExp(`^${String(path.at(-1))} =`));
        });
      }),
    );
  });
});
