// A market at its beginning: all parts of it, without machines, agents and orders.
// SPDX-License-Identifier: Apache-2.0
import { catalogue } from './catalogue.mjs';
import { openEscrow } from './escrow.mjs';
import { openExecutions } from './executions.mjs';
import { openIdentities } from './identities.mjs';
import { openMachines } from './machines.mjs';
import { openOrders } from './orders.mjs';
import { openPages } from './pages.mjs';
import { openPairings } from './pairings.mjs';
import { openPayments } from './payments.mjs';
import { openQueues } from '../../queues.mjs';
import { openRails } from './rails.mjs';
import { openSearches } from './search.mjs';
import { openSettlement } from './settlement.mjs';
import { openTransfers } from './transfers.mjs';

export function openMarket({ chainId, rpc, contracts, addresses, addresses2, read, send, switches }) {
  const services = [...catalogue]; // tests add their own
  const chain = `eip155:${chainId}`;
  const pages = openPages();
  const identities = openIdentities(read, { first: addresses.IdentityRegistry, second: addresses2.InfoDesk });
  const machines = openMachines({ switches, identities, pages });
  const pairings = openPairings({ switches, machines });
  const rails = openRails({ chain, addresses });
  const searches = openSearches({ switches, pairings, rails, services });
  const orders = openOrders({ switches, machines, pairings, pages, rails, searches, services });
  const transfers = openTransfers({ switches, rpc, abi: contracts.UsdToken.abi });
  const escrow = openEscrow(send);
  const one = openQueues(); // for what changes an order
  const payments = openPayments({ switches, chain, addresses, orders, searches, transfers, escrow, one });
  const settlement = openSettlement({ switches, orders, payments, escrow, one });
  const executions = openExecutions({ switches, rpc, orders, settlement });
  return { services, machines, pairings, searches, orders, payments, settlement, executions };
}
