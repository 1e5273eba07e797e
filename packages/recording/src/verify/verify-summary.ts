import { writeFileAtomic } from '../export/atomic-file.ts';
import { formatSealedLine } from '../format/sealed-line.ts';
import { type VerifyReport, verdictExitCode } from './verify-report.ts';

/** What `writeVerifySummary` writes: the report with its verdict. */
export interface VerifySummary {
  readonly format: 'kr-verify-summary';
  /** RFC 3339; as the caller says. */
  readonly verifiedAt: string;
  readonly verdict: 'proved' | 'faulty';
  readonly report: VerifyReport;
}

/**
 * Writes a report with its verdict into one file, whole or not at all; its last member is the CRC-32 of the
 * text before it. Keep it apart from the recording: it holds the hash of every segment.
 */
export async function writeVerifySummary(
  file: string,
  report: VerifyReport,
  verifiedAt: string,
): Promise<void> {
  const verdict = verdictExitCode(report) === 0 ? 'proved' : 'faulty';
  const summary: VerifySummary = { format: 'kr-verify-summary', verifiedAt, verdict, report };
  await writeFileAtomic(file, `${formatSealedLine(summary)}\n`);
}

/** The hashes as `sha256sum --check` reads them. */
export function formatSha256Sums({ segments }: VerifyReport): string {
  return segments.map(({ sha256, file }) => `${sha256}  ${file}\n`).join('');
}
