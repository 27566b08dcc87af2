// Texts of the fleet's page.
// SPDX-License-Identifier: Apache-2.0

export const viewWords = {
  menu: 'Views',
  none: 'A view keeps what is shown now under a name of yours.',
  save: 'Save view',
  name: 'Name of the view',
  remove: (name) => `Remove the view ${name}`,
};

export const scopeWords = {
  label: 'Whose machines',
  own: 'This wallet',
  all: 'All wallets',
  operator: 'An operator',
  operatorLabel: 'Operator',
  badDid: 'A DID is did:peaq:0x and 40 hexadecimal digits',
  tooMany: (shown, all) => `The fleets of ${shown} of ${all} wallets are shown.`,
};

export const gridWords = {
  table: 'Table',
  grid: 'Grid',
  shownAs: 'Shown as',
  label: (count) => `${count} machines as squares, those that need attention first`,
  hint: 'Point at a square to see which machine it is.',
  last: 'last event',
  unrated: 'Not rated, provisioned',
  quiet: 'Gone quiet',
  attention: 'Other attention',
  keys: 'Arrow keys move, Enter opens, x selects.',
};
