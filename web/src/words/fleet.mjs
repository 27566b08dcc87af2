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
  map: 'Map',
  shownAs: 'Shown as',
  label: (count) => `${count} machines as squares, those that need attention first`,
  hint: 'Point at a square to see which machine it is.',
  last: 'last event',
  unrated: 'Not rated, provisioned',
  quiet: 'Gone quiet',
  attention: 'Other attention',
  keys: 'Arrow keys move, Enter opens, x selects.',
};

export const revenueWords = {
  title: 'Revenue and events per day',
  others: 'Other machines',
  days: 'Days shown',
  inDays: (range) => `in ${range} days`,
  compared: (change, range) => `${change} to the ${range} days before`,
  events: (number, text) => `${text} ${number === 1 ? 'event' : 'events'}`,
  before: (range) => `The ${range} days before`,
  below: 'Below: events per day',
  covered: (known, all) =>
    `Of ${known} of ${all} machines: events are read for fleets of up to 1,000, one machine at a time.`,
  label: (sum, range) =>
    `Revenue per day by machine and events per day over ${range} days, ${sum} in all. Arrow keys move from day to day.`,
};

export const mapWords = {
  label: 'Places of machines',
  hint: 'Choose a place to see its machines.',
  place: (names, machines, attention) =>
    `${names.join(', ')}: ${machines} ${machines === 1 ? 'machine' : 'machines'}${attention ? ', needs attention' : ''}`,
  more: (machines) => `and ${machines} more`,
  without: (machines) =>
    `${machines} machines are not on the map. A place that ends with coordinates, such as “Yard 7, Oslo (59.91, 10.75)”, puts a machine there.`,
};
