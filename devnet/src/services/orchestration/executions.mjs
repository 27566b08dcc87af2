// Executions: the work of a service, done once for an order (E16).
// SPDX-License-Identifier: Apache-2.0
import { setTimeout as wait } from 'node:timers/promises';
import { Reply } from '../../http_service.mjs';
import { object, take } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { Failure } from './work.mjs';

export function openExecutions({ switches, rpc, orders, settlement }) {
  const executions = new Map(); // order -> promise of what came of it

  async function outcomeOf(order, service, input) {
    try {
      const result = await service.work(order.operation, input, { rpc, now: switches.now() });
      return { status: 'completed', result };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { status: 'failed', errorMessage: error.message };
    }
  }

  async function run(order, service, input) {
    orders.change(order, { status: 'executing' });
    await wait(switches.settings.executeMs);
    const { skillKey, serviceId, executionMode } = order;
    const common = { skillKey, serviceId, executionMode };
    const outcome = { id: newId('out'), ...common, ...(await outcomeOf(order, service, input)) };
    const { status, errorMessage } = outcome;
    // A dispute may have come meanwhile.
    if (order.status === 'executing') {
      orders.change(order, { status: status === 'failed' ? 'failed' : 'delivered', errorMessage });
      if (status === 'failed') await settlement.giveBack(order);
    }
    const execution = { id: newId('run'), status, ...common, outcomeId: outcome.id };
    return { statusCode: 200, run: execution, outcome };
  }

  function begin(order, body) {
    if (order.status === 'payment_pending') throw refuse('PAYMENT_REQUIRED');
    const service = orders.serviceOf(order);
    if (service.handoff) {
      orders.change(order, { status: 'handoff' });
      return { statusCode: 202, handoff: service.handoff };
    }
    if (!service.work) throw refuse('EXECUTION_UNSUPPORTED');
    return run(order, service, body.input ?? order.input);
  }

  // Asked again, it answers what came of the first time: that answer may have been lost.
  async function execute({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    orders.requireOpen(order);
    const given = take(body, {}, { input: object });
    if (!executions.has(id)) executions.set(id, begin(order, given));
    try {
      const execution = await executions.get(id);
      return new Reply(execution.statusCode, { order, execution });
    } catch (error) {
      executions.delete(id); // the world failed, not the work: it may be tried again
      throw error;
    }
  }

  return { execute };
}
