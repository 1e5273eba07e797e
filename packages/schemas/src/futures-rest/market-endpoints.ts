import { endpointOf } from './endpoint.ts';
import {
  feeSchedulesParamsSchema,
  feeSchedulesResultSchema,
  feeScheduleVolumesParamsSchema,
  feeScheduleVolumesResultSchema,
} from './fee-schedules.ts';
import {
  historicalFundingRatesParamsSchema,
  historicalFundingRatesResultSchema,
} from './funding-rates.ts';
import { historyParamsSchema, historyResultSchema } from './history.ts';
import {
  instrumentsParamsSchema,
  instrumentsResultSchema,
  tradingInstrumentsParamsSchema,
  tradingInstrumentsResultSchema,
} from './instruments.ts';
import {
  instrumentStatusParamsSchema,
  instrumentStatusResultSchema,
  instrumentsStatusParamsSchema,
  instrumentsStatusResultSchema,
} from './instruments-status.ts';
import { orderBookParamsSchema, orderBookResultSchema } from './orderbook.ts';
import {
  tickerParamsSchema,
  tickerResultSchema,
  tickersParamsSchema,
  tickersResultSchema,
} from './tickers.ts';

const endpoint = endpointOf('/derivatives/api/v3');

/** Market data. */
export const marketEndpoints = {
  tickers: endpoint('GET /tickers', 'public', tickersParamsSchema, tickersResultSchema),
  ticker: endpoint('GET /tickers/{symbol}', 'public', tickerParamsSchema, tickerResultSchema),
  orderBook: endpoint('GET /orderbook', 'public', orderBookParamsSchema, orderBookResultSchema),
  history: endpoint('GET /history', 'public', historyParamsSchema, historyResultSchema),
  instruments: endpoint(
    'GET /instruments',
    'public',
    instrumentsParamsSchema,
    instrumentsResultSchema,
  ),
  tradingInstruments: endpoint(
    'GET /trading/instruments',
    'read',
    tradingInstrumentsParamsSchema,
    tradingInstrumentsResultSchema,
  ),
  instrumentsStatus: endpoint(
    'GET /instruments/status',
    'public',
    instrumentsStatusParamsSchema,
    instrumentsStatusResultSchema,
  ),
  instrumentStatus: endpoint(
    'GET /instruments/{symbol}/status',
    'public',
    instrumentStatusParamsSchema,
    instrumentStatusResultSchema,
  ),
  historicalFundingRates: endpoint(
    'GET /historical-funding-rates',
    'public',
    historicalFundingRatesParamsSchema,
    historicalFundingRatesResultSchema,
  ),
  feeSchedules: endpoint(
    'GET /feeschedules',
    'public',
    feeSchedulesParamsSchema,
    feeSchedulesResultSchema,
  ),
  feeScheduleVolumes: endpoint(
    'GET /feeschedules/volumes',
    'read',
    feeScheduleVolumesParamsSchema,
    feeScheduleVolumesResultSchema,
  ),
};
