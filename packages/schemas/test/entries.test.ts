import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');

const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
  typeof target === 'string' ? [] : [[name, target['@kr/source']] as const],
);

describe('the entries', () => {
  it('each exist, and are published as they are', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    const missing = entries.filter(([, source]) => !files.includes(source.replace('./src/', '')));
    expect(missing).toStrictEqual([]);
    expect(Object.keys(manifest.publishConfig.exports)).toStrictEqual(
      Object.keys(manifest.exports),
    );
    for (const [name, source] of entries) {
      const dist = source.replace('./src/', './dist/').replace(/\.ts$/, '.js');
      expect(manifest.exports[name as '.'].default).toBe(dist);
      expect(manifest.publishConfig.exports[name as '.'].default).toBe(dist);
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

  it('of one channel load that channel and what it is made of', () => {
    const [, source = ''] = entries.find(([entry]) => entry === './ws/book') ?? [];
    const loaded = importsOf(join(root, source));
    const own = loaded.flatMap((file) => /src\/(ws\/.*)\.ts$/.exec(file)?.[1] ?? []);
    expect(own).toStrictEqual(['ws/book']);
  });
});

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
