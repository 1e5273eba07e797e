/** A terminal that whole screens are drawn on; `process.ts` makes it of stdin and stdout. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Begins to hear keys, one by one: `q`, `up`, `tab`. Ctrl-C is no key, but an interruption. */
  onKey(listener: (key: string) => void): () => void;
  onResize(listener: () => void): () => void;
  /** What is written should the process end while it is set: a terminal is left as it was found. */
  setRestore(text: string | undefined): void;
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
/** Between these a terminal that can shows nothing half drawn: no flicker. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** A screen of its own, beside what the terminal had before. */
export interface Screen {
  /** Lines that fit; what does not is not shown. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

export const openScreen = (terminal: Terminal): Screen => {
  terminal.setRestore(LEAVE);
  terminal.write(ENTER);
  return {
    draw: (lines) => {
      const shown = lines.slice(0, terminal.rows).map((line) => `${line}\u001b[K`);
      terminal.write(`${BEGIN}\u001b[H${shown.join('\r\n')}\u001b[J${END}`);
    },
    close: () => {
      terminal.write(LEAVE);
      terminal.setRestore(undefined);
    },
  };
};
