import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Palette, withAlpha } from '../palette.ts';

/** Of an axis: uPlot's constants exist in its types alone. */
export const RIGHT = { side: 1 };

/** Axes as the rest of the page looks. */
export const axis = (palette: Palette, more: uPlot.Axis = {}): uPlot.Axis => ({
  stroke: palette.muted,
  font: `11px ${palette.font}`,
  grid: { stroke: palette.line, width: 1 },
  ticks: { stroke: palette.line, width: 1, size: 4 },
  ...more,
});

export interface Plot {
  readonly plot: uPlot;
  readonly dispose: () => void;
}

/** A plot that fills its element, and follows its size. */
export const createPlot = (
  host: HTMLElement,
  options: Omit<uPlot.Options, 'width' | 'height'>,
  data: uPlot.AlignedData,
): Plot => {
  const size = (): { width: number; height: number } => ({
    width: Math.max(host.clientWidth, 40),
    height: Math.max(host.clientHeight, 40),
  });
  const plot = new uPlot({ ...options, ...size() }, data, host);
  const resizes = new ResizeObserver(() => {
    plot.setSize(size());
  });
  resizes.observe(host);
  return {
    plot,
    dispose: () => {
      resizes.disconnect();
      plot.destroy();
    },
  };
};

export const area = (color: string): Partial<uPlot.Series> => ({
  stroke: color,
  width: 1.5,
  fill: withAlpha(color, 0.16),
  points: { show: false },
});
