import { describe, expect, it } from 'vitest';
import { keysOf } from './process-terminal.ts';

describe('keys', () => {
  it('come one by one, escape sequences whole, whatever came at once', () => {
    expect(keysOf('q')).toEqual(['q']);
    expect(keysOf('gG \t')).toEqual(['g', 'G', 'space', 'tab']);
    expect(keysOf('\u001b[Aq\u001b[D')).toEqual(['up', 'q', 'left']);
    expect(keysOf('\u001b')).toEqual(['escape']);
    expect(keysOf('\u001b[5~\r')).toEqual(['\u001b[5~', 'enter']);
    expect(keysOf('é✓')).toEqual(['é', '✓']);
    expect(keysOf('')).toEqual([]);
  });
});
