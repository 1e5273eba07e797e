import { readDays } from '../analysis/read-days.ts';
import { type PairVolume, usdVolumes } from '../analysis/usd-volume.ts';
import type { CommandResult } from '../output/result.ts';
import { csvText, saveFile } from '../output/save-file.ts';
import type { Session } from '../session.ts';

export interface VolumeOptions {
  readonly top?: number;
  readonly missing?: boolean;
  /** True: into the working directory. */
  readonly save?: string | true;
}

/** The columns of the file. */
const KEYS = ['pair', 'base_volume_24h', 'quote_volume_24h', 'usd_volume_24h'] as const;

export const readVolume = async (
  session: Session,
  { top, missing, save }: VolumeOptions,
): Promise<CommandResult> => {
  const volumes = usdVolumes(await readDays(session, await session.spot('public')));
  const folder = save === true ? '.' : save;
  if (missing === true) {
    const document = missingDocument(volumes.missing);
    if (folder !== undefined) {
      const text = `${JSON.stringify(document, undefined, 2)}\n`;
      await saveFile(session, folder, 'missing_conversions.json', text);
    }
    return {
      columns: [{ key: 'currency' }],
      rows: volumes.missing.map((currency) => ({ currency })),
      document,
      footer: document.note,
    };
  }
  const rows = volumes.rows.slice(0, top);
  if (folder !== undefined) {
    const name = top === undefined ? 'kraken_usd_volume.csv' : `kraken_top${top}_usd_volume.csv`;
    await saveFile(session, folder, name, csvText(KEYS, rows));
  }
  reportUnconverted(session, volumes.rows);
  return {
    columns: [{ key: 'pair' }, ...KEYS.slice(1).map((key) => ({ key, align: 'decimal' }) as const)],
    rows,
  };
};

const missingDocument = (currencies: readonly string[]) => ({
  missing_currencies: currencies,
  note:
    currencies.length === 0
      ? 'Every quote currency can be converted to USD.'
      : 'No pair, nor a chain of pairs that trade, leads from these quote currencies to USD. Their pairs have no USD volume; none is counted as 1:1.',
});

const reportUnconverted = (session: Session, rows: readonly PairVolume[]): void => {
  const pairs = rows.filter(({ usd_volume_24h }) => usd_volume_24h === undefined);
  if (pairs.length === 0) return;
  const names = pairs.map(({ pair }) => pair).join(', ');
  session.note(`no way to USD, so without a USD volume: ${names} (kr volume --missing)`);
};
