import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');
// Ignored by git, and inside the package, so that its own name resolves.
const scratch = join(root, '.turbo', 'move');
/** It is compiled first; generous, for machines that are shared. */
const LIMIT_MS = 120_000;
const WORD = "protocol: 'unified'";

beforeAll(() => {
  mkdirSync(scratch, { recursive: true });
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** The program of the README, over a sandbox, with the word of either socket. */
function program(protocol: string): string {
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(
    /^```ts\n([\s\S]*?)^```$/gm,
  );
  const [block = ''] = [...blocks]
    .map(([, text = '']) => text)
    .filter((text) => text.includes('createDerivativesClient'));
  expect(block.split(WORD)).toHaveLength(2);
  return block.replace(WORD, `protocol: '${protocol}'`);
}

it.each([
  ['unified', 'checksum'],
  ['futures-v1', 'sequence'],
])(
  'runs the program of the README over %s',
  async (protocol, proof) => {
    const file = join(scratch, `${protocol}.ts`);
    writeFileSync(file, program(protocol));
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      await import(file);
      const lines = log.mock.calls.map((parts) => parts.join(' '));
      expect(lines.map((line) => line.replace(/ (?:buy|sell)$/, ''))).toStrictEqual([
        '0 open orders, 0 positions',
        'ticker: true true',
        'trades: snapshot',
        expect.stringMatching(new RegExp(`^book: ${proof} \\d+$`)),
      ]);
    } finally {
      log.mockRestore();
    }
  },
  LIMIT_MS,
);
