// Which services fit a task, the best first, and why.
// SPDX-License-Identifier: Apache-2.0
import { integrationOf } from './credentials.mjs';
import { CURRENCY } from './rails.mjs';

// What a service has for a task: [points, reason] for each.
function merits(service, { task, budget, credentials, permitted }) {
  const most = budget?.max ?? budget?.amount;
  return [
    [40, `offers ${task.serviceType}`],
    service.executionMode === 'native' && [25, 'executed here'],
    integrationOf(service, credentials) === 'native' && [15, 'needs no further set-up'],
    task.region && service.regions.includes(task.region) && [10, `near ${task.region}`],
    service.price === 0 ? [10, 'free of charge'] : most && [5, `${service.price} of ${most} ${CURRENCY}`],
    !permitted(service) && [-40, 'the delegation policy denies it'],
  ].filter(Boolean);
}

function fits(service, { task, budget = {}, credentials }) {
  const most = budget.max ?? budget.amount;
  const native = service.executionMode === 'native' && integrationOf(service, credentials) === 'native';
  return (
    service.serviceType === task.serviceType &&
    (!task.operation || service.operations.includes(task.operation)) &&
    task.requiredCapabilities.every((name) => service.capabilities.includes(name)) &&
    (native || !task.requireNativeExecution) &&
    (service.executionMode === 'native' || task.allowExternalHandoff) &&
    (most === undefined || service.price <= most) &&
    (service.price === 0 || (budget.currency ?? CURRENCY) === CURRENCY)
  );
}

// query: {task, budget, credentials, permitted(service)}. Returns [{service, rating: {operation, score, reasons}}].
export function rank(services, query) {
  return services
    .filter((service) => fits(service, query))
    .map((service) => {
      const found = merits(service, query);
      const points = found.reduce((sum, [value]) => sum + value, 0);
      const rating = {
        operation: query.task.operation ?? service.operations[0],
        score: Math.max(0, points) / 100,
        reasons: found.map(([, reason]) => reason),
      };
      return { service, rating };
    })
    .sort((a, b) => b.rating.score - a.rating.score);
}
