import type { Terminal } from './terminal.ts';

const NAMES: Readonly<Record<string, string>> = {
  '\u001b[A': 'up',
  '\u001b[B': 'down',
  '\u001b[C': 'right',
  '\u001b[D': 'left',
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'enter',
  ' ': 'space',
  '\u001b': 'escape',
};

/** Keys as they come: escape sequences whole, everything else letter by letter. */
export const keysOf = (text: string): string[] =>
  // oxlint-disable-next-line no-control-regex -- keys are control characters
  (text.match(/\u001b\[[0-9;]*[A-Za-z~]|[\s\S]/gu) ?? []).map((key) => NAMES[key] ?? key);

const INTERRUPT = '\u0003';

/** Of the process, where somebody looks at it. */
export const processTerminal = (
  host: NodeJS.Process,
  interrupt: () => void,
): Terminal | undefined => {
  const { stdin, stdout } = host;
  if (!stdout.isTTY || host.env['TERM'] === 'dumb') return undefined;
  let restore: string | undefined;
  host.on('exit', () => {
    if (restore !== undefined) stdout.write(restore);
  });
  return {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    write: (text) => void stdout.write(text),
    setRestore: (text) => {
      restore = text;
    },
    onResize: (listener) => {
      stdout.on('resize', listener);
      return () => stdout.off('resize', listener);
    },
    onKey: (listener) => {
      if (!stdin.isTTY) return () => undefined;
      const handle = (chunk: Buffer | string): void => {
        for (const key of keysOf(chunk.toString())) {
          // A raw terminal sends no signal: this is what it would have been.
          if (key === INTERRUPT) interrupt();
          else listener(key);
        }
      };
      stdin.setRawMode(true);
      stdin.on('data', handle);
      stdin.resume();
      return () => {
        stdin.off('data', handle);
        stdin.pause();
        stdin.setRawMode(false);
      };
    },
  };
};
