import { expect, it } from 'vitest';
import * as main from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(main).toSorted()).toEqual([
    'DEFAULT_INSTRUMENTS',
    'LIMITS',
    'NAMED_INSTRUMENTS',
    'SandboxError',
    'createSandbox',
    'createSandboxKey',
    'createSandboxTime',
    'isSandboxError',
    'isSandboxTime',
    'readInstruments',
  ]);
});
