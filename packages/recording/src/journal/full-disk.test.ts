import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { heartbeats, openWriter, temporaryDirectory, textFrame } from '../../test/support.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';

const mountable = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

// The injected ENOSPC of write-failure.test.ts stands in where no file system can be mounted.
it.runIf(mountable)(
  'a real disk, filled to the last byte, stops cleanly and goes on once there is room',
  async () => {
    await using directory = await temporaryDirectory();
    const disk = directory.join('disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      const path = `${disk}/recording`;
      const writer = await openWriter(path, {
        bufferBytes: 16_384,
        rotate: { maxBytes: 100_000 },
        onError: () => undefined,
      });
      const append = async (): Promise<void> => {
        for (let at = 0; at < 20_000; at += 1) {
          writer.append(textFrame(`{"channel":"heartbeat","n":"${'x'.repeat(200)}"}`, at));
          if (at % 50 === 0) await writer.flush();
        }
      };
      await expect(append()).rejects.toMatchObject({
        code: 'WRITE_FAILED',
        context: { systemCode: 'ENOSPC' },
      });
      const safe = writer.stats.durable.frames;
      await writer.close();
      expect(safe).toBeGreaterThan(2000);
      const full = await verify(path);
      expect(full.frames).toBeGreaterThanOrEqual(safe);
      expect(full.holes).toEqual([]);
      // Still full: the same clear error, and nothing is lost.
      await expect(openWriter(path)).rejects.toMatchObject({ code: 'WRITE_FAILED' });
      execFileSync('mount', ['-o', 'remount,size=2m', disk]);
      const next = await openWriter(path);
      for (const frame of heartbeats(3, 0, next.nextConnectionId)) next.append(frame);
      await next.close();
      const report = await verify(path);
      expect(report.frames).toBe(full.frames + 3);
      expect(report).toMatchObject({ damage: [], holes: [] });
      expect(verdictExitCode(report)).toBe(0);
    } finally {
      execFileSync('umount', [disk]);
    }
  },
);
