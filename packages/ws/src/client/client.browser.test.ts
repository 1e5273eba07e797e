import { fileURLToPath } from 'node:url';
import { createSandbox } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { browserPath, bundleForBrowser, runInBrowser } from '../../test/browser.ts';

const page = fileURLToPath(new URL('../../test/browser-page.ts', import.meta.url));

it('bundles for a browser without anything of Node', async () => {
  expect(await bundleForBrowser(page)).not.toMatch(/node:|\brequire\(|\bBuffer\b|\bprocess\b/);
});

describe.skipIf(browserPath === undefined)(
  'the client in a browser (skipped where there is no Chromium: set KR_CHROMIUM to one)',
  () => {
    it('keeps verified books over the platform’s own WebSocket', async () => {
      await using sandbox = createSandbox({
        source: { kind: 'synthetic', seed: 5, rate: 300 },
        clock: createSystemClock(),
        timers: createSystemTimers(),
      });
      const { url } = await sandbox.listen();
      const script = await bundleForBrowser(page);
      const said = await runInBrowser(`const SANDBOX_URL = ${JSON.stringify(url)};${script}`);
      expect(JSON.parse(said)).toStrictEqual({
        subscribed: 2,
        isVerified: true,
        wrong: 0,
        trade: 'snapshot',
        ended: 'ended',
      });
    }, 120_000);
  },
);
