import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo']);

/** @param {string} folder @returns {string[]} */
const testFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return /\.(test|spec)\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });

/**
 * Test files that stand in the tree and no run picks up: a file outside the runner's patterns
 * would otherwise be passed over in silence. Soak tests have a run of their own (`test:soak`).
 *
 * @param {string} root
 * @param {readonly string[]} ran Absolute paths.
 */
export const orphanTests = (root, ran) => {
  const known = new Set(ran);
  const soak = /^(packages|apps)\/[^/]+\/(src|test)\/.*\.soak\.test\.ts$/;
  return testFiles(root)
    .filter((path) => !known.has(path) && !soak.test(relative(root, path)))
    .map((path) => `${relative(root, path)} was not run`);
};
