import { describe, expect, it } from 'vitest';
import { runMirror } from '../../test/mirror-run.ts';

const seed = process.env['KR_SOAK_SEED'] ?? String(Date.now());
const steps = Number(process.env['KR_SOAK_COUNT'] ?? 20_000);

describe(`mirrored markets, KR_SOAK_SEED=${seed}, KR_SOAK_COUNT=${steps}`, () => {
  it.each(['book', 'level3'] as const)(
    'add up whatever accounts do in them: %s',
    async (channel) => {
      const report = await runMirror({ seed, channel, steps, traders: 8 });
      console.log(JSON.stringify({ channel, ...report, faults: report.faults.length }));
      expect(report.faults).toEqual([]);
    },
  );
});
