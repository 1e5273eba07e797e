import { expect, it } from 'vitest';
import * as monitor from './index.ts';

it('exports exactly these names', () => {
  expect(Object.keys(monitor).toSorted()).toEqual([
    'MonitorError',
    'createLiveSource',
    'createMonitor',
    'isMonitorError',
  ]);
});
