// All cases.
// SPDX-License-Identifier: Apache-2.0
import { activate } from './activate.mjs';
import { events } from './events.mjs';
import { fundings } from './funding.mjs';
import { inits } from './init.mjs';
import { nodes } from './nodes.mjs';
import { proxies } from './proxy.mjs';
import { ratings } from './ratings.mjs';
import { scaleAfter } from './scale_after.mjs';
import { scaleAgents } from './scale_agents.mjs';
import { scaleMachines } from './scale_machines.mjs';
import { scaleOrders } from './scale_orders.mjs';
import { scaleRefusals } from './scale_refusals.mjs';
import { scaleSigners } from './scale_signers.mjs';
import { scaleUsage } from './scale_usage.mjs';
import { settings } from './settings.mjs';
import { signers } from './signers.mjs';
import { usage } from './usage.mjs';
import { walletMaking } from './wallet_making.mjs';
import { wallets } from './wallets.mjs';

export const cases = [
  ...usage,
  ...settings,
  ...nodes,
  ...events,
  ...ratings,
  ...activate,
  ...proxies,
  ...fundings,
  ...inits,
  ...wallets,
  ...walletMaking,
  ...signers,
  ...scaleUsage,
  ...scaleMachines,
  ...scaleAgents,
  ...scaleOrders,
  ...scaleAfter,
  ...scaleSigners,
  ...scaleRefusals,
];
