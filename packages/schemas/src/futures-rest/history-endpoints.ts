import {
  accountLogCsvParamsSchema,
  accountLogCsvResultSchema,
  accountLogParamsSchema,
  accountLogResultSchema,
} from './account-log.ts';
import { endpointOf } from './endpoint.ts';
import {
  executionHistoryParamsSchema,
  executionHistoryResultSchema,
  marketExecutionHistoryParamsSchema,
  marketExecutionHistoryResultSchema,
  marketPriceHistoryParamsSchema,
  marketPriceHistoryResultSchema,
} from './history-executions.ts';
import {
  marketOrderHistoryParamsSchema,
  marketOrderHistoryResultSchema,
  orderHistoryParamsSchema,
  orderHistoryResultSchema,
} from './history-orders.ts';
import { positionHistoryParamsSchema, positionHistoryResultSchema } from './history-positions.ts';
import { triggerHistoryParamsSchema, triggerHistoryResultSchema } from './history-triggers.ts';

const endpoint = endpointOf('/api/history/v3');

/** What happened, page by page. */
export const historyEndpoints = {
  marketExecutionHistory: endpoint(
    'GET /market/{tradeable}/executions',
    'public',
    marketExecutionHistoryParamsSchema,
    marketExecutionHistoryResultSchema,
  ),
  marketOrderHistory: endpoint(
    'GET /market/{tradeable}/orders',
    'public',
    marketOrderHistoryParamsSchema,
    marketOrderHistoryResultSchema,
  ),
  marketPriceHistory: endpoint(
    'GET /market/{tradeable}/price',
    'public',
    marketPriceHistoryParamsSchema,
    marketPriceHistoryResultSchema,
  ),
  executionHistory: endpoint(
    'GET /executions',
    'read',
    executionHistoryParamsSchema,
    executionHistoryResultSchema,
  ),
  orderHistory: endpoint('GET /orders', 'read', orderHistoryParamsSchema, orderHistoryResultSchema),
  triggerHistory: endpoint(
    'GET /triggers',
    'read',
    triggerHistoryParamsSchema,
    triggerHistoryResultSchema,
  ),
  positionHistory: endpoint(
    'GET /positions',
    'read',
    positionHistoryParamsSchema,
    positionHistoryResultSchema,
  ),
  accountLog: endpoint('GET /account-log', 'read', accountLogParamsSchema, accountLogResultSchema),
  accountLogCsv: endpoint(
    'GET /accountlogcsv',
    'read',
    accountLogCsvParamsSchema,
    accountLogCsvResultSchema,
  ),
};
