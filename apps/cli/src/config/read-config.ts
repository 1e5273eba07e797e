import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type * as z from 'zod/mini';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { nearest } from '../symbols/nearest.ts';
import type { Config } from './config-schema.ts';

/** The settings, and the folder that their relative paths start from. */
export interface ReadConfig {
  readonly config: Config;
  readonly folder: string;
}

/**
 * The settings of `--config`, KR_CONFIG, or `kr/config.toml` below XDG_CONFIG_HOME (`~/.config`).
 * Only a file that was named must exist; the parsers are loaded where there is one.
 */
export const readConfig = async (named: string | undefined, io: Io): Promise<ReadConfig> => {
  const asked = named ?? (io.env['KR_CONFIG'] || undefined);
  const home = io.env['XDG_CONFIG_HOME'] || join(io.home, '.config');
  const path =
    asked === undefined ? join(home, 'kr', 'config.toml') : resolve(io.workingDirectory, asked);
  const folder = dirname(path);
  const text = await readText(path, asked !== undefined);
  if (text === undefined) return { config: {}, folder };
  const [{ parse, TomlError }, { configSchema }] = await Promise.all([
    import('smol-toml'),
    import('./config-schema.ts'),
  ]);
  let table: unknown;
  try {
    table = parse(text);
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw wrong(path, line, reason, error);
  }
  const parsed = configSchema.safeParse(table);
  if (parsed.success) return { config: parsed.data, folder };
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = Object.keys(configSchema.shape);
    const [close] = nearest(key, known);
    const advice = close === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${close}?`;
    throw wrong(path, lineOf(text, key), `there is no setting "${key}". ${advice}`);
  }
  const key = String(issue?.path[0] ?? '');
  throw wrong(path, lineOf(text, key), `${key}: ${explain(issue)}`);
};

/** zod's small build has no words of its own. */
const explain = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue?.code === 'invalid_value') return `give one of ${issue.values.join(', ')}.`;
  if (issue?.code === 'invalid_type') return `give a ${issue.expected}.`;
  return issue?.message ?? 'not understood';
};

const readText = async (path: string, mustExist: boolean): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !mustExist) return undefined;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new CliError('config', `The settings file ${path} ${what}.`, { cause: error });
  }
};

/** The line on which a key of the file's top is set; 1 where it cannot be told. */
const lineOf = (text: string, key: string): number => {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => {
    const [, name = ''] =
      /^\s*\[?\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))/.exec(line)?.filter(Boolean) ?? [];
    return name === key;
  });
  return Math.max(at, 0) + 1;
};

const wrong = (path: string, line: number, what: string, cause?: unknown): CliError =>
  new CliError('config', `${path}:${line}: ${what}`, {
    hint: 'Every setting is described in the README; each has a flag, too.',
    cause,
  });
