// Bundles one import of each entry, minified, and writes what a page would load into the table of
// the README: `pnpm run sizes`, after a build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

/** Entry, and how it is called in the table. */
const entries = [
  ['shared', '`/shared`: frames, gaps, outcomes of orders, signers, clocks; no zod'],
  ['json', '`/json`: `parseJson`, `stringifyJson`; no zod'],
  ['errors', '`/errors`: error texts; no zod'],
  ['symbols', '`/symbols`: the symbol table; no zod'],
  ['ws/book', '`/ws/book`, a channel of Spot v2'],
  ['ws/add-order', '`/ws/add-order`, a method'],
  ['uws/positions', '`/uws/positions`, a channel of the Unified WebSocket'],
  ['spot-v1/book', '`/spot-v1/book`'],
  ['futures-ws/ticker', '`/futures-ws/ticker`'],
  ['rest/depth', '`/rest/depth`, a Spot endpoint'],
  ['futures-rest/tickers', '`/futures-rest/tickers`, a Futures endpoint'],
  ['ws', '`/ws`: Spot v2 whole'],
  ['uws', '`/uws` whole'],
  ['spot-v1', '`/spot-v1` whole'],
  ['futures-ws', '`/futures-ws` whole'],
  ['rest', '`/rest`: every Spot endpoint'],
  ['futures-rest', '`/futures-rest`: every Futures endpoint'],
];

/** @param {string} entry */
async function measure(entry) {
  const file = readdirSync(join(root, 'dist')).includes(entry)
    ? `${entry}/index.js`
    : `${entry}.js`;
  const bundle = await rolldown({ input: join(root, 'dist', file), logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const [chunk] = output;
  const own = Object.keys(chunk.modules).filter((path) => path.startsWith(join(root, 'dist')));
  return { modules: own.length, gzipped: gzipSync(chunk.code, { level: 9 }).length };
}

const rows = [];
for (const [entry = '', text = ''] of entries) {
  const { modules, gzipped } = await measure(entry);
  rows.push(`| ${text} | ${modules} | ${(gzipped / 1000).toFixed(1)} kB |`);
}
const table = `| entry | modules of ours | gzipped, with zod |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
const marked = /(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/;
const text = readFileSync(readme, 'utf8');
if (!marked.test(text)) throw new Error('README.md has no place for the sizes.');
writeFileSync(readme, text.replace(marked, `$1\n${table}\n$2`));
console.log(table);
