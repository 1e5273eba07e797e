import { describe, expect, it } from 'vitest';
import { LeakWatch } from './leaks.ts';

const SECRET = 'kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSU';

function leaksOf(secrets: readonly string[], text: string): string[] {
  const watch = new LeakWatch();
  watch.see(text);
  for (const secret of secrets) watch.keep(secret);
  return watch.take();
}

describe('the search for leaks', () => {
  it.each([
    ['any eight characters of a secret in a row', [SECRET], `{"a":"${SECRET.slice(10, 18)}"}`],
    ['a one-time password as a word', ['287082'], 'otp=287082&asset=ZUSD'],
    ['a secret that was made known after it was printed', [SECRET], SECRET],
  ])('finds %s', (_, secrets, text) => {
    expect(leaksOf(secrets, text)).not.toStrictEqual([]);
  });

  it.each([
    ['seven characters', [SECRET], SECRET.slice(0, 7)],
    ['the digits of a password within a number', ['287082'], '1287082 0.287082'],
    ['nothing', [SECRET], ''],
  ])('is not alarmed by %s', (_, secrets, text) => {
    expect(leaksOf(secrets, text)).toStrictEqual([]);
  });

  it('begins anew with each file', () => {
    const watch = new LeakWatch();
    watch.keep(SECRET);
    watch.see(SECRET);
    expect(watch.take()).not.toStrictEqual([]);
    watch.keep(SECRET);
    expect(watch.take()).toStrictEqual([]);
  });
});
