import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');

/** The entries by name; a pattern stands for the files of its folder. */
const entries = Object.entries(manifest.exports).flatMap(([name, target]) => {
  if (typeof target === 'string' || target === null) return [];
  const source = target['@kr/source'];
  if (!name.includes('*')) return [[name, source] as const];
  const [folder = ''] = source.split('*');
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => [name.replace('*', file.slice(0, -'.ts'.length)), folder + file] as const);
});
const surfaces = ['ws', 'uws', 'spot-v1', 'futures-ws', 'rest', 'futures-rest'];

describe('the entries', () => {
  it('each exist, and are published as they are', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    const missing = entries.filter(([, source]) => !files.includes(source.replace('./src/', '')));
    expect(missing).toStrictEqual([]);
    const published = Object.entries(manifest.exports).map(([name, target]) => {
      if (typeof target === 'string' || target === null) return [name, target];
      const { '@kr/source': _, ...rest } = target;
      return [name, rest];
    });
    expect(Object.fromEntries(published)).toStrictEqual(manifest.publishConfig.exports);
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === 'string' || target === null) continue;
      const dist = target['@kr/source'].replace('./src/', './dist/').replace(/\.ts$/, '');
      expect(target).toMatchObject({ types: `${dist}.d.ts`, default: `${dist}.js` });
    }
  });

  it.each(['.', './shared', './json', './errors', './symbols', './ws', './uws', './drift'])(
    '%s exports what it exported before',
    async (name) => {
      const [, source = ''] = entries.find(([entry]) => entry === name) ?? [];
      const module = (await import(join(root, source))) as object;
      expect(Object.keys(module).toSorted((a, b) => a.localeCompare(b))).toMatchSnapshot();
    },
  );

  it('that need no zod load none', () => {
    for (const name of ['./shared', './json', './errors', './symbols']) {
      const [, source = ''] = entries.find(([entry]) => entry === name) ?? [];
      expect(importsOf(join(root, source))).not.toContain('zod/mini');
    }
  });

  it.each(surfaces)('of one file of %s load a few others, not all of them', (surface) => {
    const files = entries.filter(([name]) => name.startsWith(`./${surface}/`));
    const whole = importsOf(join(root, 'src', surface, 'index.ts')).filter(isOurs);
    const heavy = files.flatMap(([name, source]) => {
      const loaded = importsOf(join(root, source)).filter(isOurs);
      return loaded.length <= PRIMITIVES + 8 ? [] : [`${name}: ${loaded.length}`];
    });
    // Those that join the others.
    expect(heavy.filter((line) => !JOINING.test(line))).toStrictEqual([]);
    expect(files.length).toBeGreaterThan(10);
    expect(whole.length).toBeGreaterThan(PRIMITIVES + 8);
  });

  it.each([
    ['./ws/book', ['ws/book']],
    ['./ws/add-order', ['ws/add-order', 'ws/envelope', 'ws/order-fields']],
    ['./uws/positions', ['uws/asset-class', 'uws/positions']],
    ['./spot-v1/trade', ['spot-v1/fields', 'spot-v1/trade']],
    ['./futures-ws/ticker', ['futures-ws/ticker']],
    ['./rest/depth', ['rest/depth', 'rest/fields']],
    [
      './futures-rest/tickers',
      [
        'errors/instruction-statuses',
        'futures-rest/envelope',
        'futures-rest/fields',
        'futures-rest/tickers',
      ],
    ],
  ])('%s loads itself, what it is made of, and nothing beside', (name, modules) => {
    const [, source = ''] = entries.find(([entry]) => entry === name) ?? [];
    const own = importsOf(join(root, source)).flatMap(
      (file) => /src\/((?!primitives|json)[\w-]+\/.*)\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(own.toSorted((a, b) => a.localeCompare(b))).toStrictEqual(modules);
  });
});

/** What every schema is made of. */
const PRIMITIVES = importsOf(join(root, 'src/primitives/index.ts')).filter(isOurs).length;
/** The tables, the readers of any message, and the unions of all channels. */
const JOINING = /\/(?:index|endpoints|\w+-endpoints|message|request|subscribe|refusal|orders):? /;

function isOurs(file: string): boolean {
  return file.endsWith('.ts');
}

/** Every module that a module loads at run time, itself among them. */
function importsOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  // Types are gone at run time.
  const loading = text.matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)';/gm);
  for (const [, path = ''] of loading) {
    if (path.startsWith('.')) importsOf(join(file, '..', path), seen);
    else seen.add(path);
  }
  return [...seen];
}
