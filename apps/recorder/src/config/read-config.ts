import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { RecorderError } from '../errors.ts';
import { hasSymbols } from '../feeds/channels.ts';
import { PROTOCOLS } from '../feeds/protocols.ts';
import { isPattern } from '../symbols/patterns.ts';
import type { Flags } from './flags.ts';
import { type Config, configSchema, defaultFeeds } from './schema.ts';
import { parseToml, type Table, type TomlDocument } from './toml.ts';

/** Of these, what flags say takes the place of all that the file says. */
const CHOICES = ['list', 'file', 'csv', 'top'] as const;

/**
 * The settings of a file and of flags, which go first. Paths in a file start from its folder, others
 * from `workingDirectory`.
 *
 * @throws RecorderError `INVALID_CONFIG`: every mistake with its line, or its flag, and what to do
 */
export const readConfig = async (flags: Flags, workingDirectory: string): Promise<Config> => {
  const path = flags.config === undefined ? undefined : resolve(workingDirectory, flags.config);
  const document = path === undefined ? undefined : await readDocument(path);
  const ofFile = fromFolder(document?.table ?? {}, path === undefined ? '.' : dirname(path));
  const table = merge(ofFile, fromFolder(flags.table, workingDirectory), flags);
  const parsed = configSchema.safeParse(table);
  const place = (at: readonly PropertyKey[]): string => placeOf(at, flags, path, document);
  const problems = parsed.success
    ? needs(parsed.data).map(({ at, what }) => `${place(at)}: ${what}`)
    : parsed.error.issues.map((issue) => explain(issue, place));
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new RecorderError('INVALID_CONFIG', problems.join('\n'));
};

const readDocument = async (path: string): Promise<TomlDocument> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new RecorderError('INVALID_CONFIG', `The settings file ${path} ${what}.`, error);
  }
  const document = parseToml(text);
  if ('table' in document) return document;
  throw new RecorderError('INVALID_CONFIG', `${path}:${document.line}: ${document.reason}`);
};

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Relative paths are resolved where they were written. */
const fromFolder = (table: Table, folder: string): Table => {
  const absolute = (value: unknown): unknown =>
    typeof value === 'string' && value !== '' ? resolve(folder, value) : value;
  const within = (value: unknown, key: string): unknown =>
    isTable(value) && key in value ? { ...value, [key]: absolute(value[key]) } : value;
  const { out, symbols, account } = table;
  const result: Record<string, unknown> = { ...table };
  if (out !== undefined) result['out'] = absolute(out);
  if (account !== undefined) result['account'] = within(account, 'key_file');
  if (isTable(symbols)) {
    const named = within(symbols, 'file') as Table;
    result['symbols'] = 'csv' in named ? { ...named, csv: within(named['csv'], 'file') } : named;
  }
  return result;
};

const merge = (ofFile: Table, ofFlags: Table, { depth, interval }: Flags): Table => {
  const merged: Record<string, unknown> = { ...ofFile };
  for (const [key, value] of Object.entries(ofFlags)) {
    const beneath = merged[key];
    if (!isTable(value) || !isTable(beneath)) merged[key] = value;
    else if (key === 'symbols' && CHOICES.some((choice) => choice in value)) {
      const kept = Object.entries(beneath).filter(([name]) => !isChoice(name));
      merged[key] = { ...Object.fromEntries(kept), ...value };
    } else merged[key] = { ...beneath, ...value };
  }
  const { feeds = defaultFeeds(merged['protocol']) } = merged;
  merged['feeds'] = feeds;
  if (!Array.isArray(feeds) || (depth === undefined && interval === undefined)) return merged;
  merged['feeds'] = feeds.map((feed: unknown) => {
    if (!isTable(feed)) return feed;
    if (feed['channel'] === 'book' && depth !== undefined) return { ...feed, depth };
    return feed['channel'] === 'ohlc' && interval !== undefined ? { ...feed, interval } : feed;
  });
  return merged;
};

const isChoice = (name: string): boolean => (CHOICES as readonly string[]).includes(name);

/** `recorder.toml:12: feeds[0].depth`, or the flag. */
const placeOf = (
  at: readonly PropertyKey[],
  flags: Flags,
  path: string | undefined,
  document: TomlDocument | undefined,
): string => {
  const flag = flags.flagOf(at);
  if (flag !== undefined) return flag;
  const key = at.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : text === ''
          ? String(part)
          : `${text}.${String(part)}`,
    '',
  );
  const shown = key === '' ? 'the settings' : key;
  return path === undefined ? shown : `${path}:${document?.lineOf(at) ?? 1}: ${shown}`;
};

const explain = (
  issue: z.core.$ZodIssue,
  place: (at: readonly PropertyKey[]) => string,
): string => {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `${place([...issue.path, key])}: there is no such setting; see the README for those that there are`;
  }
  if (issue.code === 'invalid_union') {
    // The member that came furthest has the reason.
    const inner = issue.errors.flat().toSorted((one, two) => two.path.length - one.path.length)[0];
    if (inner !== undefined && inner.message !== 'Invalid input') {
      return explain({ ...inner, path: [...issue.path, ...inner.path] }, place);
    }
  }
  const [first] = issue.path;
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  if (isMissing && first === 'out') {
    return `${place(issue.path)}: say where the recording goes: out = "recordings/live", or --out`;
  }
  return `${place(issue.path)}: ${issue.message}`;
};

/** What is right by itself and cannot be done together. */
const needs = (config: Config): { at: readonly PropertyKey[]; what: string }[] => {
  const problems: { at: readonly PropertyKey[]; what: string }[] = [];
  const { symbols, feeds } = config;
  const isChosen = CHOICES.some((choice) => symbols[choice] !== undefined);
  feeds.forEach((feed, index) => {
    const own = 'symbols' in feed ? feed.symbols : undefined;
    if (!hasSymbols(feed.channel) || own !== undefined || isChosen) return;
    problems.push({
      at: ['feeds', index],
      what: `${feed.channel} needs symbols: name some, or give symbols.list, .file, .csv or .top`,
    });
  });
  problems.push(...unfitting(config));
  if (config.source === 'sandbox' && config.url === undefined) {
    problems.push({ at: ['url'], what: 'a sandbox has no address of its own: give its url' });
  }
  return problems;
};

/** What the protocol does not have. */
const unfitting = (config: Config): { at: readonly PropertyKey[]; what: string }[] => {
  const { protocol, feeds, symbols, redundancy } = config;
  const { channels, hasPairs } = PROTOCOLS[protocol];
  const problems = feeds.flatMap(({ channel }, index) =>
    channels.includes(channel)
      ? []
      : [
          {
            at: ['feeds', index, 'channel'],
            what: `${protocol} has no ${channel}: give ${channels.join(', ')}`,
          },
        ],
  );
  const own = feeds.flatMap((feed) => ('symbols' in feed ? (feed.symbols ?? []) : []));
  const isChosenByPairs =
    symbols.top !== undefined || [...(symbols.list ?? []), ...own].some(isPattern);
  if (!hasPairs && isChosenByPairs) {
    const what = `patterns and ranks choose pairs of Spot: name the contracts of ${protocol}, as in PF_XBTUSD`;
    problems.push({ at: ['symbols', symbols.top === undefined ? 'list' : 'top'], what });
  }
  if (redundancy === 2 && protocol.endsWith('-v1')) {
    const what = `${protocol} is recorded on one connection: give 1`;
    problems.push({ at: ['redundancy'], what });
  }
  return problems;
};
