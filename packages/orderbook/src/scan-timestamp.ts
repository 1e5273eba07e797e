import type { FrameBuffer } from './frame-buffer.ts';

/** `2023-10-06T17:35:55.440295Z` */
export const TIMESTAMP_LENGTH = 27;

const PATTERN = '0000-00-00T00:00:00.000000Z';
/** Where the words of four begin; the last one overlaps. */
const OFFSETS = [0, 4, 8, 12, 16, 20, 23] as const;

type Seven = [number, number, number, number, number, number, number];

function eachWord(byteOf: (character: number) => number): Seven {
  return OFFSETS.map((offset) =>
    [0, 1, 2, 3].reduce((word, i) => {
      return word | (byteOf(PATTERN.charCodeAt(offset + i)) << (8 * i));
    }, 0),
  ) as Seven;
}

/** Exclusive-or with these leaves 0 to 9 in the place of a digit and 0 in every other. */
const [P0, P1, P2, P3, P4, P5, P6] = /* @__PURE__ */ eachWord((character) => character);
/** Adding these sets the high bit of a byte that is left with more than that. */
const [L0, L1, L2, L3, L4, L5, L6] = /* @__PURE__ */ eachWord((character) =>
  character === 0x30 ? 0x76 : 0x7f,
);

/** True for Kraken's form of a timestamp; whether it is a date is not asked. */
export function isTimestamp({ view }: FrameBuffer, at: number): boolean {
  const odd =
    excess(view.getInt32(at, true) ^ P0, L0) |
    excess(view.getInt32(at + 4, true) ^ P1, L1) |
    excess(view.getInt32(at + 8, true) ^ P2, L2) |
    excess(view.getInt32(at + 12, true) ^ P3, L3) |
    excess(view.getInt32(at + 16, true) ^ P4, L4) |
    excess(view.getInt32(at + 20, true) ^ P5, L5) |
    excess(view.getInt32(at + 23, true) ^ P6, L6);
  return (odd & 0x80808080) === 0;
}

function excess(left: number, limits: number): number {
  return left | (left + limits);
}
