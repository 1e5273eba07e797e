import { expect, it } from 'vitest';
import {
  createManualTimers,
  heartbeats,
  only,
  openWriter,
  readAll,
  START_NS,
  temporaryDirectory,
} from '../../test/support.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';

it('enters a wall clock that is set, or a machine that slept, into the gap ledger', async () => {
  await using directory = await temporaryDirectory();
  const timers = createManualTimers();
  let monotonicNs = 0n;
  let offsetNs = START_NS;
  const clock = { wallNs: () => offsetNs + monotonicNs, monotonicNs: () => monotonicNs };
  const writer = await openWriter(directory.path, { clock, timers });
  const [first, second, third] = heartbeats(3);
  for (const [frame, stepNs] of [
    [first, 0n],
    [second, -3_000_000_000n],
    [third, 50_000_000n],
  ] as const) {
    if (frame !== undefined) writer.append(frame);
    offsetNs += stepNs;
    monotonicNs += 25_000_000n;
    timers.advance(25);
  }
  await writer.close();
  expect(only(await readAll(directory.path), 'gap').map(({ gap }) => gap)).toEqual([
    {
      reason: 'clockStep',
      from: '2025-11-21T02:30:00.025000000Z',
      to: '2025-11-21T02:29:57.050000000Z',
      symbols: [],
      repaired: false,
      detail: 'the wall clock went -3.000 s away from the monotonic one',
    },
  ]);
  expect(verdictExitCode(await verify(directory.path))).toBe(0);
});
