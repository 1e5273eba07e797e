import { join, resolve } from 'node:path';
import type { SpotTier } from '@kr/rest';
import { readConfig } from './config/read-config.ts';
import { parseDuration } from './duration.ts';
import { CliError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import type { OutputFormat } from './output/formats.ts';

/** What flags, the environment and the settings file come to, in that order. */
export interface Settings {
  /** `undefined`: nobody chose one. */
  readonly output: OutputFormat | undefined;
  readonly timeoutMs: number;
  readonly tier: SpotTier;
  readonly profilesFile: string;
  /** From the settings file: after the environment, which is after the flags. */
  readonly profile: string | undefined;
  readonly keyFile: string | undefined;
}

const TIMEOUT_MS = 30_000;

export const readSettings = async (options: GlobalOptions, io: Io): Promise<Settings> => {
  const { config, folder } = await readConfig(options.config, io);
  const below = (path: string): string =>
    resolve(folder, path.startsWith('~/') ? join(io.home, path.slice(2)) : path);
  return {
    output: options.output ?? config.output,
    timeoutMs: options.timeout ?? readTimeout(config.timeout) ?? TIMEOUT_MS,
    tier: config.tier ?? 'intermediate',
    profilesFile: below(config.profiles ?? 'profiles.toml'),
    profile: config.profile,
    keyFile: config.key_file === undefined ? undefined : below(config.key_file),
  };
};

const readTimeout = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  try {
    return parseDuration(text);
  } catch (error) {
    throw new CliError('config', `timeout = "${text}" is no time.`, {
      hint: 'Give a number with a unit, such as 10s, 5m or 6h.',
      cause: error,
    });
  }
};
