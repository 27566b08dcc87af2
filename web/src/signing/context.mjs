// What describe() needs to know of the session.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';

export const signingContext = (more) => ({
  machineName: (id) => labels.nameOfId(id),
  contracts: network.signer?.contracts,
  ...more,
});
