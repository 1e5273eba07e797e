import { createSymbolTable } from '@kr/schemas/symbols';
import { CliError } from '../../errors.ts';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { nearest } from '../../symbols/nearest.ts';

export const readAssets = async (
  session: Session,
  _options: object,
  names: readonly string[],
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const { signal } = session;
  const bodies = await client.assets({}, { signal });
  const table = createSymbolTable({ assetPairs: {}, assets: bodies });
  const wanted = new Set(
    names.map((name) => {
      const known = table.asset(name) ?? table.asset(name.toUpperCase());
      if (known !== undefined) return known.restId;
      throw unknownAsset(
        name,
        table.assets.map(({ asset }) => asset),
      );
    }),
  );
  const rows = table.assets
    .filter(({ restId }) => names.length === 0 || wanted.has(restId))
    .map(({ asset, restId, altname }) => {
      const { decimals, display_decimals, status, collateral_value } = bodies[restId] ?? {};
      return { asset, id: restId, altname, decimals, display_decimals, status, collateral_value };
    })
    .toSorted((a, b) => a.asset.localeCompare(b.asset));
  return {
    columns: [
      { key: 'asset' },
      { key: 'id' },
      { key: 'altname' },
      { key: 'decimals', align: 'decimal' },
      { key: 'display_decimals', align: 'decimal' },
      { key: 'status' },
      { key: 'collateral_value', align: 'decimal' },
    ],
    rows,
  };
};

const unknownAsset = (name: string, known: readonly string[]): CliError => {
  const close = nearest(name, known, 3);
  return new CliError('validation', `There is no asset "${name}".`, {
    code: 'UNKNOWN_ASSET',
    hint: close.length === 0 ? 'kr assets lists them.' : `Did you mean ${close.join(' or ')}?`,
  });
};
