import { writeFile } from 'node:fs/promises';
import type { GapEvent } from '@kr/schemas/shared';
import type { JournalWriter } from '../src/journal/journal-writer.ts';
import type { JournalWriterOptions } from '../src/journal/writer-options.ts';
import { verify } from '../src/verify/verify.ts';
import type { VerifyReport } from '../src/verify/verify-report.ts';
import type { BookFeed } from './book-feed.ts';
import { openWriter, START_NS, temporaryDirectory, textFrame } from './support.ts';

/** Records what `write` appends and verifies it. */
export async function recorded(
  write: (writer: JournalWriter) => void,
  options: Partial<JournalWriterOptions> = {},
): Promise<VerifyReport> {
  await using directory = await temporaryDirectory();
  const writer = await openWriter(directory.path, options);
  write(writer);
  await writer.close();
  return await verify(directory.path);
}

/** Verifies a file of these lines. */
export async function ndjson(lines: readonly string[]): Promise<VerifyReport> {
  await using directory = await temporaryDirectory();
  const path = directory.join('frames.ndjson');
  await writeFile(path, `${lines.join('\n')}\n`);
  return await verify(path);
}

/** Appends texts in order on one connection. */
export function appendAll(
  writer: JournalWriter,
  texts: readonly string[],
  connectionId = 1,
  startNs = START_NS,
): void {
  for (const [at, text] of texts.entries()) {
    writer.append(textFrame(text, at, connectionId, startNs + BigInt(at) * 1_000_000n));
  }
}

/** An acknowledgement, a snapshot and updates. */
export function feedTexts(feed: BookFeed, updates: number): string[] {
  const first = [feed.acknowledgement(), feed.snapshot()];
  return [...first, ...Array.from({ length: updates }, () => feed.update())];
}

export const disconnect: GapEvent = { reason: 'disconnect', symbols: [], repaired: false };
