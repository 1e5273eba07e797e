import { getApiKeyInfoParamsSchema, getApiKeyInfoResultSchema } from './api-key-info.ts';
import { balanceParamsSchema, balanceResultSchema } from './balance.ts';
import { balanceExParamsSchema, balanceExResultSchema } from './balance-ex.ts';
import { closedOrdersParamsSchema, closedOrdersResultSchema } from './closed-orders.ts';
import { creditLinesParamsSchema, creditLinesResultSchema } from './credit-lines.ts';
import { privateMutation, privateQuery } from './endpoint.ts';
import {
  addExportParamsSchema,
  addExportResultSchema,
  exportStatusParamsSchema,
  exportStatusResultSchema,
  removeExportParamsSchema,
  removeExportResultSchema,
  retrieveExportParamsSchema,
  retrieveExportResultSchema,
} from './exports.ts';
import { ledgersParamsSchema, ledgersResultSchema } from './ledgers.ts';
import { openOrdersParamsSchema, openOrdersResultSchema } from './open-orders.ts';
import { openPositionsParamsSchema, openPositionsResultSchema } from './open-positions.ts';
import { orderAmendsParamsSchema, orderAmendsResultSchema } from './order-amends.ts';
import { queryLedgersParamsSchema, queryLedgersResultSchema } from './query-ledgers.ts';
import { queryOrdersParamsSchema, queryOrdersResultSchema } from './query-orders.ts';
import { queryTradesParamsSchema, queryTradesResultSchema } from './query-trades.ts';
import { tradeBalanceParamsSchema, tradeBalanceResultSchema } from './trade-balance.ts';
import { tradeVolumeParamsSchema, tradeVolumeResultSchema } from './trade-volume.ts';
import { tradesHistoryParamsSchema, tradesHistoryResultSchema } from './trades-history.ts';

/** What an account holds, owes, did. */
export const accountEndpoints = {
  Balance: privateQuery('Balance', balanceParamsSchema, balanceResultSchema, ['query-funds']),
  BalanceEx: privateQuery('BalanceEx', balanceExParamsSchema, balanceExResultSchema, [
    'query-funds',
  ]),
  CreditLines: privateQuery('CreditLines', creditLinesParamsSchema, creditLinesResultSchema, [
    'query-funds',
  ]),
  TradeBalance: privateQuery('TradeBalance', tradeBalanceParamsSchema, tradeBalanceResultSchema, [
    'query-open-trades',
  ]),
  OpenOrders: privateQuery('OpenOrders', openOrdersParamsSchema, openOrdersResultSchema, [
    'query-open-trades',
  ]),
  ClosedOrders: privateQuery('ClosedOrders', closedOrdersParamsSchema, closedOrdersResultSchema, [
    'query-closed-trades',
  ]),
  QueryOrders: privateQuery(
    'QueryOrders',
    queryOrdersParamsSchema,
    queryOrdersResultSchema,
    ['query-open-trades'],
    ['query-closed-trades'],
  ),
  OrderAmends: privateQuery(
    'OrderAmends',
    orderAmendsParamsSchema,
    orderAmendsResultSchema,
    ['query-open-trades'],
    ['query-closed-trades'],
  ),
  TradesHistory: privateQuery(
    'TradesHistory',
    tradesHistoryParamsSchema,
    tradesHistoryResultSchema,
    ['query-closed-trades'],
  ),
  QueryTrades: privateQuery('QueryTrades', queryTradesParamsSchema, queryTradesResultSchema, [
    'query-closed-trades',
  ]),
  OpenPositions: privateQuery(
    'OpenPositions',
    openPositionsParamsSchema,
    openPositionsResultSchema,
    ['query-open-trades'],
  ),
  Ledgers: privateQuery('Ledgers', ledgersParamsSchema, ledgersResultSchema, ['query-ledger']),
  QueryLedgers: privateQuery('QueryLedgers', queryLedgersParamsSchema, queryLedgersResultSchema, [
    'query-ledger',
  ]),
  TradeVolume: privateQuery('TradeVolume', tradeVolumeParamsSchema, tradeVolumeResultSchema, [
    'query-funds',
  ]),
  AddExport: privateMutation('AddExport', addExportParamsSchema, addExportResultSchema, [
    'export-data',
  ]),
  ExportStatus: privateQuery('ExportStatus', exportStatusParamsSchema, exportStatusResultSchema, [
    'export-data',
  ]),
  RetrieveExport: privateQuery(
    'RetrieveExport',
    retrieveExportParamsSchema,
    retrieveExportResultSchema,
    ['export-data'],
  ),
  RemoveExport: privateMutation(
    'RemoveExport',
    removeExportParamsSchema,
    removeExportResultSchema,
    ['export-data'],
  ),
  GetApiKeyInfo: privateQuery(
    'GetApiKeyInfo',
    getApiKeyInfoParamsSchema,
    getApiKeyInfoResultSchema,
  ),
};
