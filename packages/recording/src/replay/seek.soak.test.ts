import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { expect, it } from 'vitest';
import { createRandom } from '../../test/kill.ts';
import { openWriter, START_NS, temporaryDirectory, textFrame } from '../../test/support.ts';
import { readFrom } from '../read/read-from.ts';
import { replay } from './replay.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
/** Of the recording that is made, in a temporary folder. */
const megabytes = Number(process.env['KR_SOAK_COUNT'] ?? 1500);
const DAY_NS = 86_400_000_000_000n;
const SEEKS = 50;

it(`finds any moment of a day's recording of ${megabytes} MB (seed ${seed})`, async () => {
  await using directory = await temporaryDirectory();
  const payload = `{"channel":"trade","note":"${'x'.repeat(240)}"}`;
  const frames = Math.floor((megabytes * 1e6) / (payload.length + 48));
  const stepNs = DAY_NS / BigInt(frames);
  const writer = await openWriter(directory.path, {
    timers: createSystemTimers(),
    fsync: { intervalMs: 1000 },
    rotate: { maxBytes: 64 * 1024 * 1024 },
  });
  for (let at = 0; at < frames; at += 1) {
    const frame = textFrame(payload, at, 1, START_NS + BigInt(at) * stepNs);
    if (writer.append(frame) === 'slowDown') await writer.drained();
  }
  await writer.close();
  const random = createRandom(seed);
  const clock = createSystemClock();
  const controls = { clock, timers: createSystemTimers(), speed: 'max' as const };
  const tookMs: number[] = [];
  for (let seek = 0; seek < SEEKS; seek += 1) {
    const at = Math.floor(random() * frames);
    const begun = performance.now();
    const from = START_NS + BigInt(at) * stepNs;
    const reading =
      seek % 2 === 0
        ? replay(directory.path, { ...controls, from })
        : readFrom(directory.path, from, {});
    let found: number | undefined;
    for await (const { sequence } of reading) {
      found = sequence;
      break;
    }
    tookMs.push(performance.now() - begun);
    expect(found).toBe(at);
  }
  const sorted = tookMs.toSorted((a, b) => a - b);
  const [middle, longest] = [sorted[SEEKS / 2] ?? NaN, sorted.at(-1) ?? NaN];
  console.log(
    `${frames} frames, ${megabytes} MB, ${SEEKS} seeks: middle ${middle.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
  );
  expect(middle).toBeLessThan(500);
});
