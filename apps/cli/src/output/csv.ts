/** One line of RFC 4180, ended as Unix tools expect. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\n`;
