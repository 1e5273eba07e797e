const point = (text: string): number => (text.includes('.') ? text.indexOf('.') : text.length);

/** Pads decimal texts so that the points of a column stand under each other. */
export const alignDecimals = (texts: readonly string[]): ((text: string) => string) => {
  const before = widest(texts.map(point));
  const after = widest(texts.map((text) => text.length - point(text)));
  return (text) => text.padStart(text.length + before - point(text)).padEnd(before + after);
};

/** Of any number of widths: a spread of them all would overflow the stack. */
export const widest = (widths: readonly number[]): number =>
  widths.reduce((most, width) => Math.max(most, width), 0);
