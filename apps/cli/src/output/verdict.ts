import { formatPlace, type Mismatch, type RecordedGap, type VerifyReport } from '@kr/recording';
import { counted, grouped } from './numbers.ts';
import type { Column, TextView } from './result.ts';
import { fitTable } from './table.ts';

/** Gaps, holes and damages are listed up to this many; `-o json` has all. */
const LISTED = 10;

const listed = <T>(
  title: string,
  items: readonly T[],
  total: number,
  line: (item: T) => string,
): string => {
  if (items.length === 0) return '';
  const more = total > LISTED ? `  … and ${grouped(total - LISTED)} more\n` : '';
  return `\n${title}\n${items
    .slice(0, LISTED)
    .map((item) => `  ${line(item)}\n`)
    .join('')}${more}`;
};

const gapLine = (gap: RecordedGap): string => {
  const who = gap.symbols.length === 0 ? 'every symbol' : gap.symbols.join(', ');
  const span = `${gap.from ?? 'the start'} → ${gap.to ?? 'still open'}`;
  const detail = gap.detail === undefined ? '' : ` (${gap.detail})`;
  return `${gap.reason} of ${who}, ${span}${gap.repaired ? ', repaired' : ''}${detail}`;
};

const mismatchLine = (mismatch: Mismatch): string =>
  `${mismatch.symbol} depth ${mismatch.depth}: expected ${mismatch.expected}, computed ${mismatch.computed}; ` +
  `frame ${grouped(mismatch.frame)}, ${formatPlace(mismatch.place)}`;

/** One sentence: is it proved? */
const headline = (report: VerifyReport, exitCode: number): string => {
  const { checksums, totals, malformed, gaps, recording } = report;
  const faults = [
    // Damage first: what else is wrong may follow from it.
    totals.damage > 0 ? `damaged in ${counted(totals.damage, 'place')}` : '',
    totals.holes > 0 ? `${counted(totals.holes, 'hole')} that nobody recorded` : '',
    checksums.mismatched > 0 ? `${counted(checksums.mismatched, 'checksum')} not matched` : '',
    malformed > 0 ? counted(malformed, 'malformed frame') : '',
  ].filter((fault) => fault !== '');
  if (faults.length > 0) return `NOT PROVED: ${faults.join(', ')}`;
  const count = counted(gaps.length, 'gap');
  if (exitCode !== 0) return `NOT PROVED (--strict): ${count}, all recorded`;
  const gapText = gaps.length === 0 ? 'no gap' : `${count}, all recorded`;
  if (checksums.matched === 0) return `nothing to prove: it holds no checksum; ${gapText}`;
  const live = recording.live ? ' (it is still being written)' : '';
  return `proved: every checksum matched, ${gapText}${live}`;
};

const SYMBOL_COLUMNS: readonly Column[] = [
  { key: 'symbol' },
  ...['depth', 'snapshots', 'updates', 'matched', 'mismatched'].map(
    (key) => ({ key, align: 'decimal' }) as const,
  ),
];

/** What `verify` found, for a person. */
export const formatVerdict = (
  report: VerifyReport,
  exitCode: number,
  view: TextView & {
    /** As the recording was called. */
    readonly name: string;
  },
): string => {
  const { recording, checksums } = report;
  const simulated = recording.simulated === true ? ' (simulated)' : '';
  const total = checksums.matched + checksums.mismatched;
  const symbols = Object.entries(report.symbols).map(([symbol, counts]) => ({
    symbol,
    depth: counts.depths.map(({ depth }) => depth).join(', '),
    snapshots: grouped(counts.snapshots),
    updates: grouped(counts.updates),
    matched: grouped(counts.checksums.matched),
    mismatched: grouped(counts.checksums.mismatched),
  }));
  const { firstMismatch } = report;
  return [
    `${view.name}${simulated}\n`,
    `${headline(report, exitCode)}\n`,
    ...report.remarks.map((remark) => `${remark}\n`),
    '\n',
    `frames ${grouped(report.frames)} · snapshots ${grouped(report.snapshots)} · `,
    `updates ${grouped(report.updates)} · checksums ${grouped(checksums.matched)} of ${grouped(total)} · `,
    `gaps ${grouped(report.gaps.length)}\n`,
    report.unchecked === 0 ? '' : `${counted(report.unchecked, 'book frame')} without a checksum\n`,
    symbols.length === 0 ? '' : `\n${fitTable(SYMBOL_COLUMNS, symbols, view)}`,
    firstMismatch === undefined ? '' : `\nfirst mismatch\n  ${mismatchLine(firstMismatch)}\n`,
    listed('damage', report.damage, report.totals.damage, (damage) => damage.message),
    listed('holes that nobody recorded', report.holes, report.totals.holes, (hole) => hole.message),
    listed('gaps', report.gaps, report.gaps.length, gapLine),
  ].join('');
};
