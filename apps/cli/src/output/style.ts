import { styleText } from 'node:util';
import type { TextSink } from '../io.ts';

/** The few colours there are; without colour each gives back its text. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly failure: (text: string) => string;
  /** What is right, and the bids. */
  readonly good: (text: string) => string;
  /** The asks: the colour of failures, which it is not. */
  readonly ask: (text: string) => string;
  readonly notice: (text: string) => string;
  readonly faint: (text: string) => string;
}

const plain = (text: string): string => text;

/**
 * Colours on a terminal, unless NO_COLOR is set (https://no-color.org) or it is a dumb one;
 * FORCE_COLOR gives them to a pipe, too.
 */
export const createStyle = (
  sink: TextSink,
  env: Readonly<Record<string, string | undefined>>,
): Style => {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const forced = isSet('FORCE_COLOR') && env['FORCE_COLOR'] !== '0';
  const colours = !isSet('NO_COLOR') && (forced || (sink.isTTY === true && env['TERM'] !== 'dumb'));
  if (!colours) {
    return {
      heading: plain,
      failure: plain,
      good: plain,
      ask: plain,
      notice: plain,
      faint: plain,
    };
  }
  // What it is written to was looked at above; Node would look at another stream.
  const options = { validateStream: false } as const;
  return {
    heading: (text) => styleText('bold', text, options),
    failure: (text) => styleText('red', text, options),
    good: (text) => styleText('green', text, options),
    ask: (text) => styleText('red', text, options),
    // Legible on dark and on light: yellow is not.
    notice: (text) => styleText('magenta', text, options),
    faint: (text) => styleText('dim', text, options),
  };
};
