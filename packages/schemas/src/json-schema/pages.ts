/** Written by `test/json-schema.test.ts` from the docstrings: the schemas that each page documents. */
export const schemasByPage: Readonly<Record<string, string>> = {
  'https://docs.kraken.com/api/docs/futures-api/auth/check-v-3-api-key':
    'futures-rest/check-api-key-params futures-rest/check-api-key-result',
  'https://docs.kraken.com/api/docs/futures-api/charts/candles':
    'futures-rest/candle futures-rest/candles-params futures-rest/candles-result futures-rest/chart-symbols-params futures-rest/chart-symbols-result futures-rest/resolution futures-rest/resolutions-params futures-rest/resolutions-result futures-rest/tick-type futures-rest/tick-types-params futures-rest/tick-types-result',
  'https://docs.kraken.com/api/docs/futures-api/charts/market-analytics':
    'futures-rest/analytics-params futures-rest/analytics-result futures-rest/analytics-type futures-rest/liquidity-pool-params futures-rest/liquidity-pool-result',
  'https://docs.kraken.com/api/docs/futures-api/history/account-log':
    'futures-rest/account-log-csv-params futures-rest/account-log-csv-result futures-rest/account-log-entry futures-rest/account-log-info futures-rest/account-log-params futures-rest/account-log-result',
  'https://docs.kraken.com/api/docs/futures-api/history/get-execution-events':
    'futures-rest/execution-history-event futures-rest/execution-history-params futures-rest/execution-history-result futures-rest/historical-execution futures-rest/market-execution-history-params futures-rest/market-execution-history-result futures-rest/market-price-history-result',
  'https://docs.kraken.com/api/docs/futures-api/history/get-order-events':
    'futures-rest/historical-order futures-rest/market-order-history-params futures-rest/market-order-history-result futures-rest/order-history-event futures-rest/order-history-params futures-rest/order-history-result',
  'https://docs.kraken.com/api/docs/futures-api/history/get-position-events':
    'futures-rest/position-history-params futures-rest/position-history-result futures-rest/position-update',
  'https://docs.kraken.com/api/docs/futures-api/history/get-public-price-events':
    'futures-rest/market-price-history-params',
  'https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events':
    'futures-rest/historical-trigger futures-rest/trigger-history-event futures-rest/trigger-history-params futures-rest/trigger-history-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/assignment-program':
    'futures-rest/add-assignment-program-params futures-rest/add-assignment-program-result futures-rest/assignment-participant futures-rest/assignment-program-history-params futures-rest/assignment-program-history-result futures-rest/current-assignment-program-params futures-rest/current-assignment-program-result futures-rest/delete-assignment-program-params futures-rest/delete-assignment-program-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders':
    'futures-rest/cancel-all-orders-after-params futures-rest/cancel-all-orders-after-result futures-rest/cancel-all-orders-params futures-rest/cancel-all-orders-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/cancel-order':
    'futures-rest/cancel-order-params futures-rest/cancel-order-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring':
    'futures-rest/edit-order-params futures-rest/edit-order-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/general':
    'futures-rest/error-result futures-rest/status-error-result futures-rest/success-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-accounts':
    'futures-rest/accounts-params futures-rest/accounts-result futures-rest/cash-account futures-rest/flex-account futures-rest/margin-account futures-rest/portfolio-margin-breakdown',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3':
    'futures-rest/fee-schedule-volumes-result futures-rest/fee-schedules-params futures-rest/fee-schedules-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-fills':
    'futures-rest/fill futures-rest/fills-params futures-rest/fills-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-history':
    'futures-rest/history-params futures-rest/history-result futures-rest/history-trade',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-instruments':
    'futures-rest/instrument futures-rest/instruments-params futures-rest/instruments-result futures-rest/margin-level futures-rest/trading-instruments-params futures-rest/trading-instruments-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-notifications':
    'futures-rest/notifications-params futures-rest/notifications-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders':
    'futures-rest/open-order futures-rest/open-orders-params futures-rest/open-orders-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions':
    'futures-rest/open-position futures-rest/open-positions-params futures-rest/open-positions-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-order-status':
    'futures-rest/cached-order futures-rest/orders-status-params futures-rest/orders-status-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-orderbook':
    'futures-rest/order-book-params futures-rest/order-book-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters':
    'futures-rest/portfolio-margining-parameters-params futures-rest/portfolio-margining-parameters-result futures-rest/simulate-portfolio-params futures-rest/simulate-portfolio-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-subaccount-trading-capability':
    'futures-rest/subaccount-trading-enabled-params',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-tickers':
    'futures-rest/greeks futures-rest/index-ticker futures-rest/market-ticker futures-rest/ticker futures-rest/ticker-params futures-rest/ticker-result futures-rest/tickers-params futures-rest/tickers-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-unwind-queue':
    'futures-rest/unwind-queue-params futures-rest/unwind-queue-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/get-user-fee-schedule-volumes-v-3':
    'futures-rest/fee-schedule-volumes-params',
  'https://docs.kraken.com/api/docs/futures-api/trading/historical-funding-rates':
    'futures-rest/historical-funding-rates-params futures-rest/historical-funding-rates-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/instruments-status':
    'futures-rest/instrument-status-params futures-rest/instrument-status-result futures-rest/instruments-status-params futures-rest/instruments-status-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/rf-qs':
    'futures-rest/accept-rfq-offer-params futures-rest/accept-rfq-offer-result futures-rest/cancel-rfq-offer-params futures-rest/cancel-rfq-offer-result futures-rest/cancel-rfq-params futures-rest/cancel-rfq-result futures-rest/create-rfq-params futures-rest/create-rfq-result futures-rest/place-rfq-offer-params futures-rest/place-rfq-offer-result futures-rest/replace-rfq-offer-params futures-rest/replace-rfq-offer-result futures-rest/rfq futures-rest/rfq-offer futures-rest/rfq-offers-params futures-rest/rfq-offers-result futures-rest/rfq-params futures-rest/rfq-result futures-rest/rfqs-params futures-rest/rfqs-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order':
    'futures-rest/batch-cancel futures-rest/batch-edit futures-rest/batch-instruction futures-rest/batch-order-json futures-rest/batch-order-params futures-rest/batch-order-result futures-rest/batch-send',
  'https://docs.kraken.com/api/docs/futures-api/trading/send-order':
    'futures-rest/cancel-event futures-rest/contract-type futures-rest/deviation-unit futures-rest/edit-event futures-rest/execution-event futures-rest/instruction-status futures-rest/order futures-rest/order-error futures-rest/order-event futures-rest/order-events futures-rest/order-trigger futures-rest/order-type futures-rest/place-event futures-rest/reject-event futures-rest/send-order-params futures-rest/send-order-result futures-rest/side',
  'https://docs.kraken.com/api/docs/futures-api/trading/sub-account-transfer':
    'futures-rest/subaccount-transfer-params',
  'https://docs.kraken.com/api/docs/futures-api/trading/subaccounts':
    'futures-rest/set-subaccount-trading-enabled-result futures-rest/subaccount futures-rest/subaccount-trading-enabled-result futures-rest/subaccounts-params futures-rest/subaccounts-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/trading-settings':
    'futures-rest/leverage-preferences-params futures-rest/leverage-preferences-result futures-rest/pnl-preferences-params futures-rest/pnl-preferences-result futures-rest/self-trade-strategy-params futures-rest/self-trade-strategy-result futures-rest/set-leverage-preference-params futures-rest/set-leverage-preference-result futures-rest/set-pnl-preference-params futures-rest/set-pnl-preference-result futures-rest/set-self-trade-strategy-params futures-rest/set-self-trade-strategy-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/transfers':
    'futures-rest/subaccount-transfer-result futures-rest/transfer-params futures-rest/transfer-result futures-rest/withdrawal-result',
  'https://docs.kraken.com/api/docs/futures-api/trading/update-subaccount-trading-capability':
    'futures-rest/set-subaccount-trading-enabled-params',
  'https://docs.kraken.com/api/docs/futures-api/trading/withdrawal':
    'futures-rest/withdrawal-params',
  'https://docs.kraken.com/api/docs/futures-api/websocket/account_log':
    'futures-ws/account-log-entry futures-ws/account-log-frame futures-ws/account-log-snapshot-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/balances':
    'futures-ws/balances-frame futures-ws/balances-snapshot-frame futures-ws/flex-account futures-ws/flex-currency futures-ws/margin-account',
  'https://docs.kraken.com/api/docs/futures-api/websocket/book':
    'futures-ws/book-frame futures-ws/book-level futures-ws/book-snapshot-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/fills':
    'futures-ws/fill futures-ws/fills-frame futures-ws/fills-snapshot-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/heartbeat': 'futures-ws/heartbeat-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/notifications':
    'futures-ws/notification futures-ws/notifications-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/open_orders':
    'futures-ws/open-order futures-ws/open-order-reason futures-ws/open-orders-frame futures-ws/open-orders-snapshot-frame futures-ws/open-orders-verbose-frame futures-ws/open-orders-verbose-snapshot-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/open_position':
    'futures-ws/open-position futures-ws/open-positions-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/ticker':
    'futures-ws/greeks futures-ws/tag futures-ws/ticker-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/ticker_lite':
    'futures-ws/ticker-lite-frame',
  'https://docs.kraken.com/api/docs/futures-api/websocket/trade':
    'futures-ws/trade-frame futures-ws/trade-snapshot-frame',
  'https://docs.kraken.com/api/docs/guides/futures-websockets':
    'futures-ws/alert-event futures-ws/challenge-event futures-ws/challenge-request futures-ws/error-event futures-ws/info-event futures-ws/ping-request futures-ws/pong-event futures-ws/subscribe-request futures-ws/subscribed-event futures-ws/subscribed-failed-event futures-ws/unsubscribe-request futures-ws/unsubscribed-event futures-ws/unsubscribed-failed-event',
  'https://docs.kraken.com/api/docs/guides/spot-rest-intro': 'rest/envelope',
  'https://docs.kraken.com/api/docs/guides/spot-ws-intro':
    'ws/failed-ack ws/protocol-error ws/request-id ws/subscribe-ack ws/subscribe-params ws/subscribe-request ws/subscribe-result ws/unsubscribe-ack ws/unsubscribe-params ws/unsubscribe-request ws/warnings ws/ws-request',
  'https://docs.kraken.com/api/docs/rest-api/account-transfer':
    'rest/account-transfer-params rest/account-transfer-result',
  'https://docs.kraken.com/api/docs/rest-api/add-export':
    'rest/add-export-params rest/add-export-result rest/export-report rest/export-status-result rest/remove-export-result rest/retrieve-export-result',
  'https://docs.kraken.com/api/docs/rest-api/add-order':
    'rest/add-order-params rest/add-order-result rest/asset-class rest/close-order rest/order-texts rest/order-type rest/rebase-multiplier rest/relative-price rest/side rest/tokenized-pair',
  'https://docs.kraken.com/api/docs/rest-api/add-order-batch':
    'rest/add-order-batch-entry rest/add-order-batch-params rest/add-order-batch-result rest/add-order-batch-row',
  'https://docs.kraken.com/api/docs/rest-api/allocate-strategy':
    'rest/earn-allocate-params rest/earn-allocate-result rest/earn-allocate-status-result rest/earn-deallocate-result rest/earn-deallocate-status-result',
  'https://docs.kraken.com/api/docs/rest-api/amend-order':
    'rest/amend-order-params rest/amend-order-result',
  'https://docs.kraken.com/api/docs/rest-api/cancel-all-orders':
    'rest/cancel-all-params rest/cancel-all-result',
  'https://docs.kraken.com/api/docs/rest-api/cancel-all-orders-after':
    'rest/cancel-all-orders-after-params rest/cancel-all-orders-after-result',
  'https://docs.kraken.com/api/docs/rest-api/cancel-order':
    'rest/cancel-order-params rest/cancel-order-result',
  'https://docs.kraken.com/api/docs/rest-api/cancel-order-batch':
    'rest/cancel-order-batch-params rest/cancel-order-batch-result',
  'https://docs.kraken.com/api/docs/rest-api/cancel-withdrawal':
    'rest/withdraw-cancel-params rest/withdraw-cancel-result',
  'https://docs.kraken.com/api/docs/rest-api/create-subaccount':
    'rest/create-subaccount-params rest/create-subaccount-result',
  'https://docs.kraken.com/api/docs/rest-api/deallocate-strategy': 'rest/earn-deallocate-params',
  'https://docs.kraken.com/api/docs/rest-api/edit-order':
    'rest/edit-order-params rest/edit-order-result',
  'https://docs.kraken.com/api/docs/rest-api/export-status': 'rest/export-status-params',
  'https://docs.kraken.com/api/docs/rest-api/get-account-balance':
    'rest/balance-params rest/balance-result',
  'https://docs.kraken.com/api/docs/rest-api/get-allocate-strategy-status':
    'rest/earn-allocate-status-params',
  'https://docs.kraken.com/api/docs/rest-api/get-api-key-info':
    'rest/get-api-key-info-params rest/get-api-key-info-result',
  'https://docs.kraken.com/api/docs/rest-api/get-asset-info':
    'rest/asset rest/assets-params rest/assets-result',
  'https://docs.kraken.com/api/docs/rest-api/get-closed-orders':
    'rest/closed-order rest/closed-orders-params rest/closed-orders-result',
  'https://docs.kraken.com/api/docs/rest-api/get-credit-lines':
    'rest/credit-line rest/credit-lines-params rest/credit-lines-result',
  'https://docs.kraken.com/api/docs/rest-api/get-deallocate-strategy-status':
    'rest/earn-deallocate-status-params',
  'https://docs.kraken.com/api/docs/rest-api/get-deposit-addresses':
    'rest/deposit-address rest/deposit-addresses-params rest/deposit-addresses-result',
  'https://docs.kraken.com/api/docs/rest-api/get-deposit-methods':
    'rest/deposit-method rest/deposit-methods-params rest/deposit-methods-result',
  'https://docs.kraken.com/api/docs/rest-api/get-extended-balance':
    'rest/balance-ex-params rest/balance-ex-result rest/extended-balance',
  'https://docs.kraken.com/api/docs/rest-api/get-grouped-order-book':
    'rest/grouped-book-level rest/grouped-book-params rest/grouped-book-result',
  'https://docs.kraken.com/api/docs/rest-api/get-ledgers':
    'rest/ledger rest/ledgers-params rest/ledgers-result',
  'https://docs.kraken.com/api/docs/rest-api/get-ledgers-info':
    'rest/query-ledgers-params rest/query-ledgers-result',
  'https://docs.kraken.com/api/docs/rest-api/get-level-3-order-book':
    'rest/level3-order rest/level3-params rest/level3-result',
  'https://docs.kraken.com/api/docs/rest-api/get-ohlc-data':
    'rest/ohlc-params rest/ohlc-result rest/ohlc-row',
  'https://docs.kraken.com/api/docs/rest-api/get-open-orders':
    'rest/open-orders-params rest/open-orders-result',
  'https://docs.kraken.com/api/docs/rest-api/get-open-positions':
    'rest/open-positions-params rest/open-positions-result rest/position',
  'https://docs.kraken.com/api/docs/rest-api/get-order-amends':
    'rest/order-amend rest/order-amends-params rest/order-amends-result',
  'https://docs.kraken.com/api/docs/rest-api/get-order-book':
    'rest/depth rest/depth-level rest/depth-params rest/depth-result',
  'https://docs.kraken.com/api/docs/rest-api/get-orders-info':
    'rest/order rest/order-description rest/query-orders-params rest/query-orders-result',
  'https://docs.kraken.com/api/docs/rest-api/get-post-trade':
    'rest/post-trade rest/post-trade-params rest/post-trade-result',
  'https://docs.kraken.com/api/docs/rest-api/get-pre-trade':
    'rest/pre-trade-level rest/pre-trade-params rest/pre-trade-result',
  'https://docs.kraken.com/api/docs/rest-api/get-recent-spreads':
    'rest/spread-params rest/spread-result rest/spread-row',
  'https://docs.kraken.com/api/docs/rest-api/get-recent-trades':
    'rest/trades-params rest/trades-result rest/trades-row',
  'https://docs.kraken.com/api/docs/rest-api/get-server-time': 'rest/time-params rest/time-result',
  'https://docs.kraken.com/api/docs/rest-api/get-status-recent-deposits':
    'rest/deposit rest/deposit-status-params rest/deposit-status-result',
  'https://docs.kraken.com/api/docs/rest-api/get-status-recent-withdrawals':
    'rest/withdraw-status-params rest/withdraw-status-result rest/withdrawal',
  'https://docs.kraken.com/api/docs/rest-api/get-system-status':
    'rest/system-status-params rest/system-status-result',
  'https://docs.kraken.com/api/docs/rest-api/get-ticker-information':
    'rest/ticker rest/ticker-params rest/ticker-result',
  'https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs':
    'rest/asset-pair rest/asset-pairs-fees-result rest/asset-pairs-leverage-result rest/asset-pairs-margin-result rest/asset-pairs-params rest/asset-pairs-result rest/fee-tier',
  'https://docs.kraken.com/api/docs/rest-api/get-trade-balance':
    'rest/trade-balance-params rest/trade-balance-result',
  'https://docs.kraken.com/api/docs/rest-api/get-trade-history':
    'rest/trades-history-params rest/trades-history-result',
  'https://docs.kraken.com/api/docs/rest-api/get-trade-volume':
    'rest/fee-info rest/trade-volume-params rest/trade-volume-result',
  'https://docs.kraken.com/api/docs/rest-api/get-trades-info':
    'rest/account-trade rest/query-trades-params rest/query-trades-result',
  'https://docs.kraken.com/api/docs/rest-api/get-websockets-token':
    'rest/get-web-sockets-token-params rest/get-web-sockets-token-result',
  'https://docs.kraken.com/api/docs/rest-api/get-withdrawal-addresses':
    'rest/withdraw-address rest/withdraw-addresses-params rest/withdraw-addresses-result',
  'https://docs.kraken.com/api/docs/rest-api/get-withdrawal-information':
    'rest/withdraw-info-params rest/withdraw-info-result',
  'https://docs.kraken.com/api/docs/rest-api/get-withdrawal-methods':
    'rest/withdraw-method rest/withdraw-methods-params rest/withdraw-methods-result',
  'https://docs.kraken.com/api/docs/rest-api/list-allocations':
    'rest/earn-allocation rest/earn-allocations-params rest/earn-allocations-result rest/earn-amount rest/earn-waiting-amount',
  'https://docs.kraken.com/api/docs/rest-api/list-strategies':
    'rest/earn-lock-type rest/earn-strategies-params rest/earn-strategies-result rest/earn-strategy',
  'https://docs.kraken.com/api/docs/rest-api/remove-export': 'rest/remove-export-params',
  'https://docs.kraken.com/api/docs/rest-api/retrieve-export': 'rest/retrieve-export-params',
  'https://docs.kraken.com/api/docs/rest-api/wallet-transfer':
    'rest/wallet-transfer-params rest/wallet-transfer-result',
  'https://docs.kraken.com/api/docs/rest-api/withdraw-funds':
    'rest/withdraw-params rest/withdraw-result',
  'https://docs.kraken.com/api/docs/websocket-v1/addorder':
    'spot-v1/add-order-request spot-v1/add-order-status spot-v1/amend-order-request spot-v1/amend-order-status spot-v1/cancel-all-orders-after-request spot-v1/cancel-all-orders-after-status spot-v1/cancel-all-request spot-v1/cancel-all-status spot-v1/cancel-order-request spot-v1/cancel-order-status spot-v1/edit-order-request spot-v1/edit-order-status',
  'https://docs.kraken.com/api/docs/websocket-v1/book':
    'spot-v1/book-frame spot-v1/book-level spot-v1/book-snapshot spot-v1/book-update',
  'https://docs.kraken.com/api/docs/websocket-v1/ohlc': 'spot-v1/candle spot-v1/ohlc-frame',
  'https://docs.kraken.com/api/docs/websocket-v1/openorders':
    'spot-v1/open-order spot-v1/open-order-description spot-v1/open-orders-frame',
  'https://docs.kraken.com/api/docs/websocket-v1/owntrades':
    'spot-v1/own-trade spot-v1/own-trades-frame',
  'https://docs.kraken.com/api/docs/websocket-v1/spread': 'spot-v1/spread spot-v1/spread-frame',
  'https://docs.kraken.com/api/docs/websocket-v1/subscribe':
    'spot-v1/ping-request spot-v1/subscribe-request spot-v1/subscription spot-v1/unsubscribe-request',
  'https://docs.kraken.com/api/docs/websocket-v1/systemstatus':
    'spot-v1/channel-name spot-v1/epoch spot-v1/error-event spot-v1/heartbeat-event spot-v1/pong-event spot-v1/subscription-status-event spot-v1/system-status spot-v1/system-status-event',
  'https://docs.kraken.com/api/docs/websocket-v1/ticker': 'spot-v1/ticker spot-v1/ticker-frame',
  'https://docs.kraken.com/api/docs/websocket-v1/trade': 'spot-v1/trade spot-v1/trade-frame',
  'https://docs.kraken.com/api/docs/websocket-v2/add_order':
    'ws/add-order-ack ws/add-order-params ws/add-order-request ws/add-order-result ws/conditional ws/fee-preference ws/order-type ws/price-type ws/self-trade-prevention ws/side ws/triggers',
  'https://docs.kraken.com/api/docs/websocket-v2/amend_order':
    'ws/amend-order-ack ws/amend-order-params ws/amend-order-request ws/amend-order-result',
  'https://docs.kraken.com/api/docs/websocket-v2/balances':
    'ws/asset-balance ws/balances-frame ws/balances-subscribe-params ws/balances-unsubscribe-params ws/ledger-transaction ws/wallet',
  'https://docs.kraken.com/api/docs/websocket-v2/batch_add':
    'ws/batch-add-ack ws/batch-add-failed-ack ws/batch-add-params ws/batch-add-request ws/batch-add-result ws/batch-add-row ws/batch-order',
  'https://docs.kraken.com/api/docs/websocket-v2/batch_cancel':
    'ws/batch-cancel-ack ws/batch-cancel-params ws/batch-cancel-request',
  'https://docs.kraken.com/api/docs/websocket-v2/book':
    'ws/book ws/book-depth ws/book-frame ws/book-level ws/book-subscribe-params ws/book-unsubscribe-params',
  'https://docs.kraken.com/api/docs/websocket-v2/cancel_after':
    'ws/cancel-all-orders-after-ack ws/cancel-all-orders-after-params ws/cancel-all-orders-after-request ws/cancel-all-orders-after-result',
  'https://docs.kraken.com/api/docs/websocket-v2/cancel_all':
    'ws/cancel-all-ack ws/cancel-all-params ws/cancel-all-request ws/cancel-all-result',
  'https://docs.kraken.com/api/docs/websocket-v2/cancel_order':
    'ws/cancel-order-ack ws/cancel-order-params ws/cancel-order-request ws/cancel-order-result',
  'https://docs.kraken.com/api/docs/websocket-v2/edit_order':
    'ws/edit-order-ack ws/edit-order-params ws/edit-order-request ws/edit-order-result',
  'https://docs.kraken.com/api/docs/websocket-v2/executions':
    'ws/execution ws/execution-fee ws/executions-frame ws/executions-subscribe-params ws/executions-unsubscribe-params',
  'https://docs.kraken.com/api/docs/websocket-v2/heartbeat': 'ws/heartbeat-frame',
  'https://docs.kraken.com/api/docs/websocket-v2/instrument':
    'ws/instrument-asset ws/instrument-frame ws/instrument-pair ws/instrument-subscribe-params ws/instrument-unsubscribe-params',
  'https://docs.kraken.com/api/docs/websocket-v2/level3':
    'ws/level3-event ws/level3-frame ws/level3-order ws/level3-snapshot ws/level3-subscribe-params ws/level3-unsubscribe-params ws/level3-update',
  'https://docs.kraken.com/api/docs/websocket-v2/ohlc':
    'ws/candle ws/ohlc-frame ws/ohlc-interval ws/ohlc-subscribe-params ws/ohlc-unsubscribe-params',
  'https://docs.kraken.com/api/docs/websocket-v2/ping': 'ws/ping-request ws/pong-ack',
  'https://docs.kraken.com/api/docs/websocket-v2/status': 'ws/status ws/status-frame',
  'https://docs.kraken.com/api/docs/websocket-v2/ticker':
    'ws/ticker ws/ticker-frame ws/ticker-subscribe-params ws/ticker-unsubscribe-params',
  'https://docs.kraken.com/api/docs/websocket-v2/trade':
    'ws/trade ws/trade-frame ws/trade-subscribe-params ws/trade-unsubscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-websocket':
    'uws/asset-class uws/derivatives-class uws/subscribe-ack uws/subscribe-params uws/subscribe-request uws/subscribe-result uws/unsubscribe-ack uws/unsubscribe-request uws/uws-request',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/add_order':
    'uws/add-order-params uws/add-order-request uws/amend-order-request uws/cancel-all-orders-after-request uws/cancel-all-request uws/cancel-order-request',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/amend_order': 'uws/amend-order-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/balances':
    'uws/balances-frame uws/balances-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/book':
    'uws/book uws/book-frame uws/book-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_after':
    'uws/cancel-all-orders-after-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_all': 'uws/cancel-all-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_order':
    'uws/cancel-order-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/executions':
    'uws/execution uws/executions-frame uws/executions-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/instrument':
    'uws/instrument-asset uws/instrument-frame uws/instrument-pair uws/instrument-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/ledgers':
    'uws/ledger-entry uws/ledgers-frame uws/ledgers-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/level3':
    'uws/level3-frame uws/level3-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/margin':
    'uws/margin-frame uws/margin-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc':
    'uws/candle uws/ohlc-frame uws/ohlc-subscribe-params uws/tick-type',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/positions':
    'uws/position uws/positions-frame uws/positions-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/ticker':
    'uws/ticker uws/ticker-frame uws/ticker-subscribe-params',
  'https://docs.kraken.com/exchange/api-reference/unified-ws/trade':
    'uws/trade uws/trade-frame uws/trade-subscribe-params',
  'https://github.com/krakenfx/api-specs/tree/main/futures-rest/stats':
    'futures-rest/self-market-share-params futures-rest/self-market-share-result',
};
