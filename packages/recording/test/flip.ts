import { readdir, readFile, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { verify } from '../src/verify/verify.ts';
import { verdictExitCode } from '../src/verify/verify-report.ts';
import { BookFeed } from './book-feed.ts';
import { openWriter, temporaryDirectory, textFrame } from './support.ts';

/**
 * Records two books over several segments, then flips random bits, one at a time: `verify` must name the
 * file and a stretch that holds the bit, and read everything but the record that was hit.
 */
export async function flipBits(count: number, random: () => number): Promise<void> {
  await using directory = await temporaryDirectory();
  const writer = await openWriter(directory.path, { rotate: { maxBytes: 20_000 } });
  const feeds = [new BookFeed('BTC/USD'), new BookFeed('ETH/USD', 25)];
  const texts = feeds.flatMap((feed) => [feed.acknowledgement(), feed.snapshot()]);
  for (let at = 0; at < 400; at += 1) texts.push(feeds[at % 2]?.update() ?? '');
  for (const [at, text] of texts.entries()) writer.append(textFrame(text, at));
  await writer.close();

  // Segments, time indexes and the manifest.
  const names = await readdir(directory.path);
  const whole = await verify(directory.path);
  expect(verdictExitCode(whole, { strict: true })).toBe(0);
  for (let flip = 0; flip < count; flip += 1) {
    const file = names[Math.floor(random() * names.length)] ?? '';
    const path = directory.join(file);
    const bytes = await readFile(path);
    const at = Math.floor(random() * bytes.length);
    const mask = 1 << Math.floor(random() * 8);
    bytes[at] = (bytes[at] ?? 0) ^ mask;
    await writeFile(path, bytes);
    const report = await verify(directory.path);
    const named = report.damage.some(
      (damage) => damage.file === file && at >= damage.offset && at < damage.offset + damage.bytes,
    );
    expect({ flip, file, at, named }).toEqual({ flip, file, at, named: true });
    expect(verdictExitCode(report)).toBe(1);
    expect(report.frames).toBeGreaterThanOrEqual(whole.frames - 1);
    bytes[at] = (bytes[at] ?? 0) ^ mask;
    await writeFile(path, bytes);
  }
}
