/**
 * One's own orders, fills, balances and positions: kept up to date, and called live only when they are.
 *
 * @packageDocumentation
 */
export type { AccountClient } from './account-client.ts';
export type { AccountStatus, AccountStatusEvent } from './account-status.ts';
export { type Balance, type BalanceFeed, type BalancesOptions, balances } from './balances.ts';
export type { Fill } from './fill.ts';
export type { OrderStatus, TrackedOrder } from './order.ts';
export type { FuturesOrderReader, OrderReader, SpotOrderReader } from './order-reader.ts';
export { type OrderFeed, type OrdersOptions, orders } from './orders.ts';
export { type Position, type PositionFeed, type PositionsOptions, positions } from './positions.ts';
