import { REFUSALS, Refusal } from '../exchange/index.ts';
import { must } from './account-actions.ts';
import { succeeded } from './acks.ts';
import { FieldRefusal } from './fields.ts';
import { fieldsOf, type Method, MODIFY, readSymbol, referenceOf } from './method.ts';
import { ORDER_FIELDS, readOrder } from './order-fields.ts';

/** The fewest and the most orders of a batch. */
const FEWEST = 2;
const MOST = 15;

export const addOrder: Method = {
  fields: fieldsOf(...ORDER_FIELDS, 'symbol', 'deadline', 'validate'),
  permissions: MODIFY,
  act: (context) => {
    const { actions, fields } = context;
    const { account, desk } = actions;
    const symbol = readSymbol(context);
    const nowNs = actions.begin(fields.time('deadline'), symbol);
    const request = readOrder(fields, symbol);
    actions.charge(symbol, 'AddOrder', 1);
    if (fields.flag('validate') === true) {
      must(desk.exchange.validate(account, request, nowNs));
      return succeeded({ order_id: '', ...referenceOf(request) });
    }
    const order = must(desk.exchange.add(account, request, nowNs));
    return succeeded({ order_id: order.id, ...referenceOf(order) });
  },
};

export const batchAdd: Method = {
  fields: fieldsOf('symbol', 'orders', 'deadline', 'validate'),
  permissions: MODIFY,
  act: (context) => {
    const { actions, fields } = context;
    const { account, desk } = actions;
    const symbol = readSymbol(context);
    const rows = fields.require('orders', fields.objects('orders'));
    if (rows.length < FEWEST || rows.length > MOST) {
      throw new FieldRefusal(REFUSALS.invalid('orders'));
    }
    const nowNs = actions.begin(fields.time('deadline'), symbol);
    const allowed = new Set(ORDER_FIELDS);
    const requests = rows.map((row) => {
      row.allow(allowed, 'batch_add');
      return readOrder(row, symbol);
    });
    actions.charge(symbol, 'AddOrderBatch', rows.length);
    const checked = desk.exchange.checkBatch(account, requests, nowNs);
    if (checked !== undefined) throw checked;
    if (fields.flag('validate') === true) {
      return succeeded(requests.map((request) => ({ order_id: '', ...referenceOf(request) })));
    }
    const results = must(desk.exchange.addBatch(account, requests, nowNs));
    return succeeded(
      results.map((result, at) =>
        result instanceof Refusal
          ? { ...referenceOf(requests[at] ?? {}), success: false, error: result.error }
          : { order_id: result.id, ...referenceOf(result) },
      ),
    );
  },
};
