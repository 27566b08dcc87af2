// Where our command differs from the reference on purpose. Each row must be met by a case, and a difference without a row
// fails.
// SPDX-License-Identifier: Apache-2.0
import { activate } from './activate.mjs';
import { conduct } from './conduct.mjs';
import { events } from './events.mjs';
import { fundings } from './funding.mjs';
import { inits } from './init.mjs';
import { nodes } from './nodes.mjs';
import { proxies } from './proxy.mjs';
import { ratings } from './ratings.mjs';
import { scale } from './scale.mjs';
import { scaleOrders } from './scale_orders.mjs';
import { scaleSigners } from './scale_signers.mjs';
import { settings } from './settings.mjs';
import { signers } from './signers.mjs';
import { usage } from './usage.mjs';
import { walletMaking } from './wallet_making.mjs';
import { wallets } from './wallets.mjs';

export const accepted = [
  ...usage,
  ...settings,
  ...conduct,
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
  ...scale,
  ...scaleOrders,
  ...scaleSigners,
];
