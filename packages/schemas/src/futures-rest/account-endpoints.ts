import { accountsParamsSchema, accountsResultSchema } from './accounts.ts';
import {
  addAssignmentProgramParamsSchema,
  addAssignmentProgramResultSchema,
  assignmentProgramHistoryParamsSchema,
  assignmentProgramHistoryResultSchema,
  currentAssignmentProgramParamsSchema,
  currentAssignmentProgramResultSchema,
  deleteAssignmentProgramParamsSchema,
  deleteAssignmentProgramResultSchema,
} from './assignment-program.ts';
import { endpointOf } from './endpoint.ts';
import { fillsParamsSchema, fillsResultSchema } from './fills.ts';
import { notificationsParamsSchema, notificationsResultSchema } from './notifications.ts';
import { openPositionsParamsSchema, openPositionsResultSchema } from './open-positions.ts';
import {
  portfolioMarginingParametersParamsSchema,
  portfolioMarginingParametersResultSchema,
  simulatePortfolioParamsSchema,
  simulatePortfolioResultSchema,
} from './portfolio-margining.ts';
import {
  leveragePreferencesParamsSchema,
  leveragePreferencesResultSchema,
  pnlPreferencesParamsSchema,
  pnlPreferencesResultSchema,
  selfTradeStrategyParamsSchema,
  selfTradeStrategyResultSchema,
  setLeveragePreferenceParamsSchema,
  setLeveragePreferenceResultSchema,
  setPnlPreferenceParamsSchema,
  setPnlPreferenceResultSchema,
  setSelfTradeStrategyParamsSchema,
  setSelfTradeStrategyResultSchema,
} from './preferences.ts';
import {
  setSubaccountTradingEnabledParamsSchema,
  setSubaccountTradingEnabledResultSchema,
  subaccountsParamsSchema,
  subaccountsResultSchema,
  subaccountTradingEnabledParamsSchema,
  subaccountTradingEnabledResultSchema,
} from './subaccounts.ts';
import {
  subaccountTransferParamsSchema,
  subaccountTransferResultSchema,
  transferParamsSchema,
  transferResultSchema,
  withdrawalParamsSchema,
  withdrawalResultSchema,
} from './transfers.ts';
import { unwindQueueParamsSchema, unwindQueueResultSchema } from './unwind-queue.ts';

const endpoint = endpointOf('/derivatives/api/v3');

/** What an account holds, did and prefers. */
export const accountEndpoints = {
  accounts: endpoint('GET /accounts', 'read', accountsParamsSchema, accountsResultSchema),
  openPositions: endpoint(
    'GET /openpositions',
    'read',
    openPositionsParamsSchema,
    openPositionsResultSchema,
  ),
  fills: endpoint('GET /fills', 'read', fillsParamsSchema, fillsResultSchema),
  notifications: endpoint(
    'GET /notifications',
    'read',
    notificationsParamsSchema,
    notificationsResultSchema,
  ),
  unwindQueue: endpoint(
    'GET /unwindqueue',
    'read',
    unwindQueueParamsSchema,
    unwindQueueResultSchema,
  ),
  leveragePreferences: endpoint(
    'GET /leveragepreferences',
    'read',
    leveragePreferencesParamsSchema,
    leveragePreferencesResultSchema,
  ),
  setLeveragePreference: endpoint(
    'PUT /leveragepreferences',
    'full',
    setLeveragePreferenceParamsSchema,
    setLeveragePreferenceResultSchema,
  ),
  pnlPreferences: endpoint(
    'GET /pnlpreferences',
    'read',
    pnlPreferencesParamsSchema,
    pnlPreferencesResultSchema,
  ),
  setPnlPreference: endpoint(
    'PUT /pnlpreferences',
    'full',
    setPnlPreferenceParamsSchema,
    setPnlPreferenceResultSchema,
  ),
  selfTradeStrategy: endpoint(
    'GET /self-trade-strategy',
    'read',
    selfTradeStrategyParamsSchema,
    selfTradeStrategyResultSchema,
  ),
  setSelfTradeStrategy: endpoint(
    'PUT /self-trade-strategy',
    'full',
    setSelfTradeStrategyParamsSchema,
    setSelfTradeStrategyResultSchema,
  ),
  transfer: endpoint('POST /transfer', 'full', transferParamsSchema, transferResultSchema),
  subaccountTransfer: endpoint(
    'POST /transfer/subaccount',
    'full',
    subaccountTransferParamsSchema,
    subaccountTransferResultSchema,
  ),
  withdrawal: endpoint(
    'POST /withdrawal',
    'withdraw',
    withdrawalParamsSchema,
    withdrawalResultSchema,
  ),
  subaccounts: endpoint(
    'GET /subaccounts',
    'read',
    subaccountsParamsSchema,
    subaccountsResultSchema,
  ),
  subaccountTradingEnabled: endpoint(
    'GET /subaccount/{subaccountUid}/trading-enabled',
    'full',
    subaccountTradingEnabledParamsSchema,
    subaccountTradingEnabledResultSchema,
  ),
  setSubaccountTradingEnabled: endpoint(
    'PUT /subaccount/{subaccountUid}/trading-enabled',
    'full',
    setSubaccountTradingEnabledParamsSchema,
    setSubaccountTradingEnabledResultSchema,
  ),
  currentAssignmentProgram: endpoint(
    'GET /assignmentprogram/current',
    'read',
    currentAssignmentProgramParamsSchema,
    currentAssignmentProgramResultSchema,
  ),
  addAssignmentProgram: endpoint(
    'POST /assignmentprogram/add',
    'read',
    addAssignmentProgramParamsSchema,
    addAssignmentProgramResultSchema,
  ),
  deleteAssignmentProgram: endpoint(
    'POST /assignmentprogram/delete',
    'read',
    deleteAssignmentProgramParamsSchema,
    deleteAssignmentProgramResultSchema,
  ),
  assignmentProgramHistory: endpoint(
    'GET /assignmentprogram/history',
    'read',
    assignmentProgramHistoryParamsSchema,
    assignmentProgramHistoryResultSchema,
  ),
  portfolioMarginingParameters: endpoint(
    'GET /portfolio-margining/parameters',
    'read',
    portfolioMarginingParametersParamsSchema,
    portfolioMarginingParametersResultSchema,
  ),
  simulatePortfolio: endpoint(
    'POST /portfolio-margining/simulate',
    'read',
    simulatePortfolioParamsSchema,
    simulatePortfolioResultSchema,
    false,
  ),
};
