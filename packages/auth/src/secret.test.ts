import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { isSecret, Secret } from './secret.ts';

const VALUE = 'the-value-that-never-prints';
const secret = new Secret(VALUE);

const throughConsole = (value: unknown): string => {
  let output = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      output += String(chunk);
      done();
    },
  });
  const printer = new Console(stream);
  printer.log(value);
  printer.dir(value, { showHidden: true, depth: null });
  printer.table([value]);
  return output;
};

const throughPort = (value: unknown): unknown => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const message: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  return message;
};

describe('Secret', () => {
  it('gives its text to whoever asks for it by name', () => {
    expect(secret.expose()).toBe(VALUE);
  });

  it.each<[string, () => unknown]>([
    ['String()', () => String(secret)],
    ['a template', () => `to ${secret as unknown as string}`],
    ['concatenation', () => 'to '.concat(secret as unknown as string)],
    ['Number()', () => Number(secret)],
    ['JSON.stringify', () => JSON.stringify({ secret, list: [secret] })],
    ['util.inspect', () => inspect(secret)],
    ['util.inspect of what hides', () => inspect({ a: [secret] }, { showHidden: true, depth: 9 })],
    ['util.inspect by itself', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['util.format', () => ['%s', '%o', '%O', '%j', '%d'].map((f) => format(f, secret))],
    ['the console', () => throughConsole(secret)],
    ['an error', () => inspect(new Error(`no ${String(secret)}`, { cause: secret }))],
    [
      'Object.entries and getOwnPropertyNames',
      () => [Object.entries(secret), Object.getOwnPropertyNames(secret), Object.assign({}, secret)],
    ],
    ['structuredClone', () => inspect(structuredClone(secret), { showHidden: true })],
    ['v8.serialize', () => [serialize(secret).toString('latin1'), deserialize(serialize(secret))]],
    ['a message port', () => throughPort(secret)],
  ])('does not print through %s', (_, print) => {
    const printed = print();
    expect(inspect(printed, { depth: 9 })).not.toContain(VALUE);
    expect(JSON.stringify(printed)).not.toContain(VALUE);
  });

  it('says that it hides something', () => {
    expect(String(secret)).toBe('[redacted]');
    expect(inspect({ secret })).toBe('{ secret: Secret [redacted] }');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
  });
});

describe('isSecret', () => {
  it('knows the secrets of another copy of the package, and nothing else', () => {
    expect([secret, { expose: () => 'x' }].map(isSecret)).toEqual([true, true]);
    expect(['x', {}, null, undefined, { expose: 'x' }].map(isSecret)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
