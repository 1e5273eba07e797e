import { Books } from '@kr/orderbook';
import { verdictExitCode, verify } from '../src/index.ts';

/** Seconds of the processor that this process has used, its threads included: other programs hardly change it. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of the processor for `verify` over a journal. */
export async function verifyJournal(directory: string): Promise<number> {
  const since = cpuSeconds();
  const report = await verify(directory);
  const seconds = cpuSeconds() - since;
  if (verdictExitCode(report) !== 0 || report.checksums.matched === 0)
    throw new Error('not proved');
  return seconds;
}

/** The engine over the same frames in memory: nothing is read, and no frame but a book's is looked at. */
export function engineAlone(frames: readonly Uint8Array[], depth: number): number {
  const since = cpuSeconds();
  const books = new Books({ depth });
  let verified = 0;
  for (const bytes of frames) if (books.apply(bytes) === 'verified') verified += 1;
  const seconds = cpuSeconds() - since;
  if (verified === 0) throw new Error('nothing verified');
  return seconds;
}

/** `JSON.parse` of the same lines, as texts: neither books nor checksums. */
export function parseAlone(lines: readonly string[]): number {
  const since = cpuSeconds();
  let objects = 0;
  for (const line of lines) if (typeof JSON.parse(line) === 'object') objects += 1;
  const seconds = cpuSeconds() - since;
  if (objects !== lines.length) throw new Error('not all parsed');
  return seconds;
}
