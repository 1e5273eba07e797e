/** The theme's colours, for what is drawn and not styled. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly buy: string;
  readonly sell: string;
  readonly accent: string;
  readonly gap: string;
  readonly font: string;
}

export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: read('--panel'),
    text: read('--text'),
    muted: read('--muted'),
    line: read('--line'),
    buy: read('--buy'),
    sell: read('--sell'),
    accent: read('--accent'),
    gap: read('--gap'),
    font: read('--font'),
  };
};

/** A `#rrggbb` with an opacity. */
export const withAlpha = (color: string, alpha: number): string =>
  `${color}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
