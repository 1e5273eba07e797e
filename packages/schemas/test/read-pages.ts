import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const src = join(import.meta.dirname, '../src');
const folders = ['ws', 'uws', 'spot-v1', 'futures-ws', 'rest', 'futures-rest'];
const URL_PATTERN = /https:\/\/[^\s*)`,;]+/;

/**
 * The page of Kraken's documentation that each schema is made from, by the names of the catalog:
 * `ws/ticker-frame`. Its docstring says so, or, of a schema that is handed on from another folder, the
 * head of the file that hands it on.
 */
export function readPages(): Readonly<Record<string, string | undefined>> {
  const rows = folders.flatMap((folder) =>
    readdirSync(join(src, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
      .flatMap((file) => pagesOf(folder, readFileSync(join(src, folder, file), 'utf8'))),
  );
  const pages: Record<string, string | undefined> = Object.fromEntries(rows);
  // What the index of one folder hands on from another.
  for (const folder of folders) {
    const index = readFileSync(join(src, folder, 'index.ts'), 'utf8');
    for (const [, names = '', from = ''] of index.matchAll(HANDED_ON)) {
      for (const name of schemasIn(names)) {
        pages[`${folder}/${name}`] ??= pages[`${from}/${name}`];
      }
    }
  }
  return pages;
}

const HANDED_ON = /export \{([^}]*)\} from '\.\.\/([\w-]+)\/[\w-]+\.ts';/g;

function pagesOf(folder: string, text: string): [name: string, page: string | undefined][] {
  const own = [
    ...text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:\/\*[^\n]*\n)?export const (\w+)Schema\b/g,
    ),
  ].map(
    ([, docstring = '', name = '']) => [kebab(name), URL_PATTERN.exec(docstring)?.[0]] as const,
  );
  const head = URL_PATTERN.exec(text)?.[0];
  const handedOn = [...text.matchAll(HANDED_ON)].flatMap(([, names = '']) =>
    schemasIn(names).map((name) => [name, head] as const),
  );
  return [...own, ...handedOn].map(([name, page]) => [
    `${folder}/${name}`,
    page?.replace(/[.:]+$/, ''),
  ]);
}

function schemasIn(names: string): string[] {
  return [...names.matchAll(/(\w+)Schema\b/g)].map(([, name = '']) => kebab(name));
}

function kebab(camel: string): string {
  return camel.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
