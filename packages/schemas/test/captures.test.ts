import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWsMessage } from '../src/index.ts';

const captures = process.env['KR_CAPTURES'] ?? '';
const reason = captures === '' ? ' (skipped: KR_CAPTURES is not set)' : '';
const STAGE = ['book-', 'sample-'];

describe.skipIf(captures === '')(`captured Spot v2 messages${reason}`, () => {
  const folder = join(captures, 'spot-v2');
  const files =
    captures === ''
      ? []
      : readdirSync(folder).filter((name) => STAGE.some((start) => name.startsWith(start)));

  it.each(files)('%s: each is known', (file) => {
    const lines = readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.includes('"params"'));
    const others = lines.filter((line) => !['data', 'ack'].includes(parseWsMessage(line).kind));
    expect(others).toStrictEqual([]);
  });
});
