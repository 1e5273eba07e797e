const BETWEEN = ' · ';

/** As many of the parts as fit beside each other, from the left: none of them is cut, least of all a number. */
export const fitParts = (parts: readonly string[], width: number): string => {
  const joined = (count: number): string => parts.slice(0, count).join(BETWEEN);
  const tooMany = parts.findIndex((_, at) => joined(at + 1).length > width);
  return joined(tooMany === -1 ? parts.length : tooMany);
};
