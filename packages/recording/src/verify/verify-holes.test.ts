import { type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { appendAll, disconnect, recorded } from '../../test/recorded.ts';
import { START_NS, textFrame } from '../../test/support.ts';
import { type VerifyReport, verdictExitCode } from './verify-report.ts';

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

function time(ms: number): string {
  return formatTimestamp(START_NS + BigInt(ms) * 1_000_000n);
}

function recordedAs(entries: readonly (Frame | GapEvent)[]): Promise<VerifyReport> {
  return recorded((writer) => {
    for (const entry of entries) {
      if ('bytes' in entry) writer.append(entry);
      else writer.appendGap(entry);
    }
  });
}

describe('a jump', () => {
  const heartbeat = '{"channel":"heartbeat"}';
  const at = (sequence: number, connectionId = 1): Frame =>
    textFrame(heartbeat, sequence, connectionId);
  const own = { ...disconnect, connectionId: 1 };

  it.each<[string, number, (Frame | GapEvent)[]]>([
    ['no later gap of the connection', 1, [at(0), at(1), at(5), at(6), own]],
    ['no earlier one', 1, [at(0), own, at(1), at(5)]],
    ['one between the frames', 0, [at(0), at(1), own, at(5)]],
    [
      'no drop of another connection',
      1,
      [at(0), { ...own, reason: 'drop', connectionId: 2 }, at(3)],
    ],
    [
      'no open gap that another connection has ended',
      1,
      [at(0, 2), at(0), own, at(1), at(2), at(99, 1)],
    ],
    [
      'a closed gap between its times, written later',
      0,
      [at(0), at(1), at(5), { ...own, from: time(1), to: time(5) }],
    ],
    [
      'no closed gap that reaches beyond its times',
      1,
      [at(0), at(1), at(5), { ...own, from: time(0), to: time(5) }],
    ],
    [
      'no closed gap of another connection',
      1,
      [at(0), at(1), at(5), { ...own, connectionId: 2, from: time(1), to: time(5) }],
    ],
    ['a restart between', 0, [at(0), { ...disconnect, reason: 'restart' }, at(5)]],
    ['at the beginning a gap of its own', 0, [own, at(0, 2), at(4)]],
    ['at the beginning no gap of another', 1, [{ ...own, connectionId: 3 }, at(0, 2), at(4)]],
  ])('is accounted for by %s', async (_, holes, entries) => {
    const report = await recordedAs(entries);
    expect(report.holes.filter(({ kind }) => kind === 'sequence')).toHaveLength(holes);
  });

  it('is counted, however many there are', async () => {
    const jumps = Array.from({ length: 10_050 }, (_, index) => at(index * 2));
    const report = await recordedAs(jumps);
    expect([report.totals.holes, report.holes.length]).toEqual([10_049, 1000]);
  });
});

it('takes the connection whose end is written down for the one that was replaced', async () => {
  const texts = ['{"channel":"heartbeat"}'];
  const report = await recorded((writer) => {
    appendAll(writer, texts, 1);
    appendAll(writer, texts, 2);
    writer.append(textFrame(texts[0] ?? '', 1, 1));
    writer.append(textFrame(texts[0] ?? '', 1, 2));
    writer.appendGap({ ...disconnect, connectionId: 2 });
    appendAll(writer, texts, 3);
  });
  expect(report.holes).toEqual([]);
});

it('keeps restarts apart that begin at the same last frame, and closes them with the first frame', async () => {
  const from = '2026-01-01T00:00:00.000000000Z';
  const to = '2026-01-01T00:00:09.000000000Z';
  const restart: GapEvent = { reason: 'restart', symbols: [], repaired: false, from };
  const report = await recorded((writer) => {
    for (const gap of [restart, restart, restart, { ...restart, to }, restart]) {
      writer.appendGap(gap);
    }
  });
  expect(report.gaps.map((gap) => [gap.from, gap.to])).toEqual([
    [from, to],
    [from, to],
    [from, to],
    [from, undefined],
  ]);
});

it('keeps the gaps of two connections apart', async () => {
  const report = await recorded((writer) => {
    writer.appendGap({ ...disconnect, connectionId: 1 });
    writer.appendGap({ ...disconnect, connectionId: 2 });
  });
  expect(report.gaps.map(({ connectionId }) => connectionId)).toEqual([1, 2]);
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
