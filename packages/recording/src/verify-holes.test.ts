import type { GapEvent } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { appendAll, disconnect, recorded } from '../test/recorded.ts';
import { START_NS, textFrame } from '../test/support.ts';
import { verdictExitCode } from './verify-report.ts';

describe('holes', () => {
  const heartbeat = '{"channel":"heartbeat"}';
  const later = START_NS + 60_000_000_000n;
  const covering: GapEvent = {
    ...disconnect,
    from: '2025-11-21T02:30:00.002000000Z',
    to: '2025-11-21T02:31:00.000000000Z',
  };

  it('are told when a connection takes over and no gap accounts for it', async () => {
    const report = await recorded((writer) => {
      appendAll(writer, [heartbeat, heartbeat]);
      appendAll(writer, [heartbeat], 2, later);
    });
    expect(report.holes).toMatchObject([
      {
        kind: 'connection',
        connectionId: 2,
        from: '2025-11-21T02:30:00.001000000Z',
        to: '2025-11-21T02:31:00.000000000Z',
      },
    ]);
    expect(verdictExitCode(report)).toBe(1);
  });

  it.each([
    ['a gap of that connection', { ...disconnect, connectionId: 1 }],
    ['a gap over that time', covering],
  ])('are none with %s, even when it is written down later', async (_, gap) => {
    const report = await recorded((writer) => {
      appendAll(writer, [heartbeat, heartbeat]);
      appendAll(writer, [heartbeat], 2, later);
      writer.appendGap(gap);
    });
    expect(report.holes).toEqual([]);
    expect(verdictExitCode(report)).toBe(0);
    expect(verdictExitCode(report, { strict: true })).toBe(1);
  });

  it('are not covered by a gap at another time or for another reason', async () => {
    for (const gap of [
      { ...covering, from: '2025-11-21T03:00:00Z', to: '2025-11-21T03:01:00Z' },
      { ...covering, reason: 'resync' as const },
    ]) {
      const report = await recorded((writer) => {
        appendAll(writer, [heartbeat, heartbeat]);
        appendAll(writer, [heartbeat], 2, later);
        writer.appendGap(gap);
      });
      expect(report.holes).toHaveLength(1);
    }
  });

  it('are none where connections run side by side or overlap', async () => {
    const report = await recorded((writer) => {
      writer.append(textFrame(heartbeat, 0, 1, START_NS));
      writer.append(textFrame(heartbeat, 0, 2, START_NS + 1n));
      writer.append(textFrame(heartbeat, 1, 1, START_NS + 2n));
      writer.append(textFrame(heartbeat, 1, 2, START_NS + 3n));
    });
    expect(report.holes).toEqual([]);
    expect(report.recording.connections).toBe(2);
  });

  it('are told when one of two connections is replaced', async () => {
    const report = await recorded((writer) => {
      writer.append(textFrame(heartbeat, 0, 1, START_NS));
      writer.append(textFrame(heartbeat, 0, 2, START_NS + 1n));
      writer.append(textFrame(heartbeat, 1, 1, START_NS + 2n));
      writer.append(textFrame(heartbeat, 0, 3, START_NS + 3n));
      writer.append(textFrame(heartbeat, 1, 2, START_NS + 4n));
    });
    expect(report.holes).toMatchObject([{ kind: 'connection', connectionId: 3 }]);
  });

  it('are told when numbers jump, with how many are missing', async () => {
    const report = await recorded((writer) => {
      for (const at of [0, 1, 5, 6]) writer.append(textFrame(heartbeat, at));
    });
    expect(report.holes).toMatchObject([{ kind: 'sequence', missing: 3, connectionId: 1 }]);
    const late = await recorded((writer) => writer.append(textFrame(heartbeat, 2)));
    expect(late.holes).toMatchObject([{ kind: 'sequence', missing: 2 }]);
  });

  it('are none where a drop is written down', async () => {
    const report = await recorded((writer) => {
      writer.append(textFrame(heartbeat, 0));
      writer.appendGap({ ...disconnect, reason: 'drop' });
      writer.append(textFrame(heartbeat, 3));
    });
    expect(report.holes).toEqual([]);
    expect(report.gaps).toMatchObject([{ reason: 'drop', place: { segment: 1 } }]);
  });
});

it('joins a gap that was written down open and then closed', async () => {
  const open = { ...disconnect, from: '2026-01-01T00:00:00Z', symbols: ['A/B', 'C/D'] };
  const report = await recorded((writer) => {
    writer.appendGap(open);
    writer.appendGap({ ...open, symbols: ['C/D', 'A/B'], to: '2026-01-01T00:00:05Z' });
    writer.appendGap(open);
    writer.appendGap({ ...open, symbols: [] });
  });
  expect(report.gaps.map(({ to }) => to)).toEqual(['2026-01-01T00:00:05Z', undefined, undefined]);
});
