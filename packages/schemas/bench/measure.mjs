// Contenders in turn, chunk by chunk, so that a machine's moods fall on all of them; of each one's
// chunks the tenth part (what the machine can do undisturbed) and the median.

/**
 * @param {Record<string, string[]>} frames
 * @param {Record<string, (text: string) => unknown>} contenders
 * @param {() => number} nowMs
 */
export function measure(frames, contenders, nowMs, rounds = 60) {
  const rows = [];
  for (const [channel, texts] of Object.entries(frames)) {
    const bytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
    /** @type {Record<string, number[]>} */
    const chunks = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    const repeat = Math.ceil(10_000 / texts.length);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, parse] of Object.entries(contenders)) {
        let read = 0;
        const start = nowMs();
        for (let again = 0; again < repeat; again += 1) {
          for (const text of texts) if (parse(text) !== undefined) read += 1;
        }
        const elapsedNs = (nowMs() - start) * 1e6;
        if (read !== repeat * texts.length) throw new Error(`${name} did not read ${channel}`);
        // The first rounds compile.
        if (round >= 10) chunks[name]?.push(elapsedNs / read);
      }
    }
    const at = (/** @type {string} */ name, /** @type {number} */ part) => {
      const sorted = (chunks[name] ?? []).toSorted((a, b) => a - b);
      return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
    };
    const base = at('JSON.parse', 0.1);
    const baseMedian = at('JSON.parse', 0.5);
    for (const name of Object.keys(contenders)) {
      rows.push({
        channel,
        bytes,
        contender: name,
        ns: Math.round(at(name, 0.1)),
        ratio: Number((at(name, 0.1) / base).toFixed(2)),
        medianRatio: Number((at(name, 0.5) / baseMedian).toFixed(2)),
      });
    }
  }
  return rows;
}
