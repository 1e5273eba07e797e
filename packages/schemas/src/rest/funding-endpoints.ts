import { accountTransferParamsSchema, accountTransferResultSchema } from './account-transfer.ts';
import { createSubaccountParamsSchema, createSubaccountResultSchema } from './create-subaccount.ts';
import { depositAddressesParamsSchema, depositAddressesResultSchema } from './deposit-addresses.ts';
import { depositMethodsParamsSchema, depositMethodsResultSchema } from './deposit-methods.ts';
import { depositStatusParamsSchema, depositStatusResultSchema } from './deposit-status.ts';
import {
  earnAllocateParamsSchema,
  earnAllocateResultSchema,
  earnAllocateStatusParamsSchema,
  earnAllocateStatusResultSchema,
  earnDeallocateParamsSchema,
  earnDeallocateResultSchema,
  earnDeallocateStatusParamsSchema,
  earnDeallocateStatusResultSchema,
} from './earn-allocate.ts';
import { earnAllocationsParamsSchema, earnAllocationsResultSchema } from './earn-allocations.ts';
import { earnStrategiesParamsSchema, earnStrategiesResultSchema } from './earn-strategies.ts';
import { privateMutation, privateQuery } from './endpoint.ts';
import { walletTransferParamsSchema, walletTransferResultSchema } from './wallet-transfer.ts';
import { withdrawParamsSchema, withdrawResultSchema } from './withdraw.ts';
import {
  withdrawAddressesParamsSchema,
  withdrawAddressesResultSchema,
} from './withdraw-addresses.ts';
import { withdrawCancelParamsSchema, withdrawCancelResultSchema } from './withdraw-cancel.ts';
import { withdrawInfoParamsSchema, withdrawInfoResultSchema } from './withdraw-info.ts';
import { withdrawMethodsParamsSchema, withdrawMethodsResultSchema } from './withdraw-methods.ts';
import { withdrawStatusParamsSchema, withdrawStatusResultSchema } from './withdraw-status.ts';

/** Deposits, withdrawals, transfers, earning. */
export const fundingEndpoints = {
  DepositMethods: privateQuery(
    'DepositMethods',
    depositMethodsParamsSchema,
    depositMethodsResultSchema,
    ['query-funds', 'add-funds'],
  ),
  DepositAddresses: privateMutation(
    'DepositAddresses',
    depositAddressesParamsSchema,
    depositAddressesResultSchema,
    ['query-funds'],
  ),
  DepositStatus: privateQuery(
    'DepositStatus',
    depositStatusParamsSchema,
    depositStatusResultSchema,
    ['query-funds'],
  ),
  WithdrawMethods: privateQuery(
    'WithdrawMethods',
    withdrawMethodsParamsSchema,
    withdrawMethodsResultSchema,
    ['query-funds', 'withdraw-funds'],
  ),
  WithdrawAddresses: privateQuery(
    'WithdrawAddresses',
    withdrawAddressesParamsSchema,
    withdrawAddressesResultSchema,
    ['query-funds', 'withdraw-funds'],
  ),
  WithdrawInfo: privateQuery('WithdrawInfo', withdrawInfoParamsSchema, withdrawInfoResultSchema, [
    'query-funds',
    'withdraw-funds',
  ]),
  Withdraw: privateMutation('Withdraw', withdrawParamsSchema, withdrawResultSchema, [
    'withdraw-funds',
  ]),
  WithdrawStatus: privateQuery(
    'WithdrawStatus',
    withdrawStatusParamsSchema,
    withdrawStatusResultSchema,
    ['withdraw-funds'],
    ['query-ledger'],
  ),
  WithdrawCancel: privateMutation(
    'WithdrawCancel',
    withdrawCancelParamsSchema,
    withdrawCancelResultSchema,
    ['withdraw-funds'],
  ),
  WalletTransfer: privateMutation(
    'WalletTransfer',
    walletTransferParamsSchema,
    walletTransferResultSchema,
    ['query-funds'],
  ),
  CreateSubaccount: privateMutation(
    'CreateSubaccount',
    createSubaccountParamsSchema,
    createSubaccountResultSchema,
    ['withdraw-funds'],
  ),
  AccountTransfer: privateMutation(
    'AccountTransfer',
    accountTransferParamsSchema,
    accountTransferResultSchema,
    ['withdraw-funds'],
  ),
  'Earn/Allocate': privateMutation(
    'Earn/Allocate',
    earnAllocateParamsSchema,
    earnAllocateResultSchema,
    ['earn-funds'],
  ),
  'Earn/Deallocate': privateMutation(
    'Earn/Deallocate',
    earnDeallocateParamsSchema,
    earnDeallocateResultSchema,
    ['earn-funds'],
  ),
  'Earn/AllocateStatus': privateQuery(
    'Earn/AllocateStatus',
    earnAllocateStatusParamsSchema,
    earnAllocateStatusResultSchema,
    ['query-funds'],
    ['earn-funds'],
  ),
  'Earn/DeallocateStatus': privateQuery(
    'Earn/DeallocateStatus',
    earnDeallocateStatusParamsSchema,
    earnDeallocateStatusResultSchema,
    ['query-funds'],
    ['earn-funds'],
  ),
  'Earn/Strategies': privateQuery(
    'Earn/Strategies',
    earnStrategiesParamsSchema,
    earnStrategiesResultSchema,
  ),
  'Earn/Allocations': privateQuery(
    'Earn/Allocations',
    earnAllocationsParamsSchema,
    earnAllocationsResultSchema,
    ['query-funds'],
  ),
};
