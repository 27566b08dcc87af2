// Texts of feed entries. Pure functions.
// SPDX-License-Identifier: Apache-2.0
import { coins, count, money } from '../format/amount.mjs';
import { age } from '../format/age.mjs';
import { shorten } from '../format/shorten.mjs';
import { pauseWords } from '../store/subscription.mjs';

const operations = {
  submitEvent: { noun: 'Event', done: 'recorded', room: 'events' },
  submitEvents: { noun: 'File of events', done: 'submitted', room: 'events' },
  activate: { noun: 'Machine', done: 'activated', room: 'activate' },
  activateFleet: { noun: 'File of machines', done: 'activated', room: 'activate' },
  renewFleet: { noun: 'Renewals', done: 'paid', room: 'fleet' },
  suspendMachine: { noun: 'Machine', done: 'suspended', room: 'fleet' },
  resumeMachine: { noun: 'Machine', done: 'resumed', room: 'fleet' },
  placeOrder: { noun: 'Order', done: 'placed', room: 'market' },
  onboardMachine: { noun: 'Machine', done: 'onboarded', room: 'market' },
};
export const operationOf = (name) => operations[name] ?? { noun: name, done: 'done', room: 'fleet' };

const orderWords = {
  delivered: 'was delivered. Confirm it to release the payment',
  handoff: 'was handed over. Confirm it when it is done',
  confirmed: 'is confirmed',
  failed: 'failed',
  disputed: 'is disputed',
  cancelled: 'was cancelled',
};

const many = {
  rating: ({ tone }) => (tone === 'bad' ? 'were downgraded' : 'were upgraded'),
  bond: ({ tone }) => (tone === 'bad' ? 'lost their bond' : 'are bonded again'),
  flagged: () => 'were flagged',
  quiet: () => 'have gone quiet',
  resumed: () => 'report again',
  below: () => 'fell below the watched rating',
  ending: () => 'have subscriptions that end soon',
  subscription: ({ tone }) => (tone === 'good' ? 'are subscribed again' : 'have lapsed subscriptions'),
  renewed: () => 'were renewed',
  paused: ({ tone }) => (tone === 'good' ? 'work again' : 'were paused'),
};

function amountOf({ value, currency, type }) {
  if (value === undefined || !/^\d+$/.test(String(value))) return '';
  return type === 'activity' ? `, ${count(value)}` : `, ${money(value, currency || 'USD')}`;
}

const subject = (entry) => (entry.machine_id === undefined ? '' : `Machine ${shorten(String(entry.machine_id))}`);

const subscriptionWords = {
  active: (name) => `${name} is subscribed again`,
  grace: (name) => `The subscription of ${name} has ended: renew it now`,
  runoff: (name) => `${name} is losing its bond`,
  terminated: (name) => `The subscription of ${name} has ended for good`,
};

const words = {
  rating: ({ from, to, score, tone }, name) => ({
    title:
      from === 'Provisioned'
        ? `${name} was rated ${to}`
        : `${name} ${tone === 'bad' ? 'fell' : 'rose'} from ${from} to ${to}`,
    text: `Score ${score} of 100`,
  }),
  bond: ({ bond }, name) => ({
    title: bond === 'bonded' ? `${name} is bonded again` : `${name} lost its bond`,
    text: bond === 'bonded' ? '' : 'The bond was released',
  }),
  flagged: (_, name) => ({ title: `${name} was flagged`, text: 'Deactivated or disputed' }),
  quiet: ({ updated, at }, name) => ({
    title: `${name} has gone quiet`,
    text: `No event for ${age(at - updated * 1000)}`,
  }),
  resumed: (_, name) => ({ title: `${name} reports again`, text: '' }),
  below: ({ rating }, name) => ({ title: `${name} is rated ${rating}`, text: 'Below the watched rating' }),
  ending: ({ ends, at }, name) => ({
    title: `The subscription of ${name} ends in ${age(ends * 1000 - at)}`,
    text: 'Renew it before it ends, or its bond is lost',
  }),
  subscription: ({ status }, name) => ({ title: subscriptionWords[status]?.(name) ?? `${name}: ${status}`, text: '' }),
  renewed: ({ ends }, name) => ({
    title: `${name} was renewed`,
    text: `Paid until ${new Date(ends * 1000).toISOString().slice(0, 10)}`,
  }),
  paused: ({ paused }, name) => ({
    title: paused.length > 0 ? `${name} was paused` : `${name} works again`,
    text: pauseWords(paused),
  }),
  many: (entry) => ({ title: `${count(entry.count)} machines ${many[entry.of]?.(entry) ?? 'changed'}`, text: '' }),
  balance: ({ wallet, address, wei }) => ({
    title: `Low balance: ${coins(wei)}`,
    text: wallet ?? shorten(address),
    href: ['wallets'],
  }),
  order: ({ order }) => ({
    title: `Order ${order.service ?? ''} ${orderWords[order.status] ?? order.status}`.replace(/\s+/g, ' '),
    text: order.machine ?? '',
    href: ['market', order.machine_id, 'orders', order.id],
  }),
  pairing: ({ pairing, at }) => ({
    title: `A pairing ends in ${age(pairing.ends - at)}`,
    text: 'Rotate its token in the market before it ends',
    href: ['market', pairing.machine_id],
  }),
  transaction: (entry, name) => {
    const { noun, done, room } = operationOf(entry.operation);
    const ends = { confirmed: done, failed: 'failed', replaced: 'was replaced by another transaction' };
    return {
      title: `${noun} ${ends[entry.state] ?? entry.state}`,
      text: [`${name}${amountOf(entry)}`, entry.message].filter(Boolean).join('. '),
      href: [room],
    };
  },
};

/** Returns {title, text, href}; href are arguments for hrefTo(). `nameOf(entry)` returns a name or undefined. */
export function wordsOf(entry, nameOf = () => undefined) {
  const name = nameOf(entry) ?? entry.name ?? subject(entry);
  const said = words[entry.kind]?.(entry, name) ?? { title: entry.kind, text: '' };
  const href = said.href ?? (entry.did ? ['fleet', entry.did] : ['fleet']);
  const operator = entry.operator && !said.href ? [{ operator: entry.operator }] : [];
  return { ...said, href: [...href.filter(Boolean), ...operator] };
}
