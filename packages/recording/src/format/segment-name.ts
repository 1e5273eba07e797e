const NAME = /^segment-(\d{6,15})\.krj$/;

/** `segment-000001.krj` */
export function formatSegmentName(segment: number): string {
  return `segment-${String(segment).padStart(6, '0')}.krj`;
}

/** The number in a segment's file name; `undefined` for any other name. */
export function parseSegmentName(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1];
  if (digits === undefined) return undefined;
  const segment = Number(digits);
  return formatSegmentName(segment) === name && segment > 0 ? segment : undefined;
}

/** The segments among the names of a directory, by number. */
export function listSegments(names: readonly string[]): { segment: number; name: string }[] {
  return names
    .flatMap((name) => {
      const segment = parseSegmentName(name);
      return segment === undefined ? [] : [{ segment, name }];
    })
    .toSorted((a, b) => a.segment - b.segment);
}
