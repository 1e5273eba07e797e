import { describe, expect, it } from 'vitest';
import { ThrownErrors } from './thrown-errors.ts';

const ways: readonly [string, () => unknown][] = [
  ['an error of the runtime', () => JSON.parse('the-secret')],
  [
    'a field of an error',
    () => Promise.reject(Object.assign(new Error('x'), { input: 'the-secret' })),
  ],
  [
    'the cause of an error',
    () => Promise.reject(new Error('x', { cause: new Error('the-secret') })),
  ],
  [
    'an error that nobody but its catcher sees',
    async () => Promise.reject(new Error('the-secret')),
  ],
];

describe('what is thrown', () => {
  it.each(ways)('shows when it is %s', async (_, run) => {
    const seen: string[] = [];
    const thrown = new ThrownErrors((text) => seen.push(text));
    thrown.start();
    await Promise.resolve()
      .then(run)
      .catch(() => {});
    thrown.stop();
    expect(seen.join('\n')).toContain('the-secret');
    seen.length = 0;
    await Promise.resolve()
      .then(run)
      .catch(() => {});
    expect(seen).toStrictEqual([]);
  });
});
