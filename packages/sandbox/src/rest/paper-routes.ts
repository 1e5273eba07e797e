import { accountRoutes } from './paper-account-routes.ts';
import type { PaperRoute } from './paper-route.ts';
import { tradingRoutes } from './paper-trading-routes.ts';

/** The private endpoints of Spot on the exchange, by name. */
export const paperRoutes: ReadonlyMap<string, PaperRoute> = new Map([
  ...accountRoutes,
  ...tradingRoutes,
]);

/** Endpoints of what no sandbox has: funding, earning, exports, subaccounts. */
export const FEATURES_OFF =
  /^(?:Deposit\w+|Withdraw\w*|WalletTransfer|CreateSubaccount|AccountTransfer|AddExport|ExportStatus|RetrieveExport|RemoveExport|Earn\/\w+)$/;
