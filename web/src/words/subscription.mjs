// Texts about the subscription of a machine.
// SPDX-License-Identifier: Apache-2.0

export const subscriptionWords = {
  title: 'Subscription',
  state: 'State',
  tier: 'Tier',
  until: 'Paid until',
  days: (days) =>
    days < 0 ? `${-days} ${days === -1 ? 'day' : 'days'} ago` : `${days} ${days === 1 ? 'day' : 'days'} left`,
  bonded: 'Bond',
  paused: 'Paused',
  owner: 'Owner',
  controller: 'Controller',
  renew: 'Renew',
  suspend: 'Suspend',
  resume: 'Resume',
  notYours: 'The active wallet neither owns nor controls this machine.',
  again: 'Trying again',
};
