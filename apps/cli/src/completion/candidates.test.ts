import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';

const tree = (): Command => {
  const program = new Command('kr')
    .addOption(new Option('-o, --output <format>').choices(['table', 'json']))
    .option('--sandbox', 'local');
  const order = program.command('order').description('orders');
  order.command('add').description('place one').option('--price <price>', 'its price');
  order.command('amend').description('change one');
  program.command('ohlc').description('candles');
  return program;
};
const words = (...typed: string[]): string[] => candidatesOf(tree(), typed).map(({ word }) => word);

describe('what may come next', () => {
  it('is a command, from what has been typed of it', () => {
    expect(words('')).toEqual(['order', 'ohlc']);
    expect(words('or')).toEqual(['order']);
    expect(words('order', 'a')).toEqual(['add', 'amend']);
    expect(words('nonsense')).toEqual([]);
  });

  it('is an option of the command and of all commands', () => {
    expect(words('order', 'add', '--')).toEqual(['--price', '--output', '--sandbox']);
  });

  it('is a choice where an option waits for its value, and nothing where it is free', () => {
    expect(words('-o', '')).toEqual(['table', 'json']);
    expect(words('order', 'add', '--output', 'j')).toEqual(['json']);
    expect(words('order', 'add', '--price', '')).toEqual([]);
    expect(words('--sandbox', 'oh')).toEqual(['ohlc']);
  });
});
