// What the form of an event holds, as a request of the core or as problems at its fields.
// SPDX-License-Identifier: Apache-2.0
import { decimal, digitsOf, minorUnits, money } from '../../format/amount.mjs';

const minute = 60; // seconds

/**
 * The time of an event that happened "now", in Unix seconds: the chain refuses what is later than its latest block, so it
 * is a minute ago, or the latest block's time where that is older.
 */
export const usualTime = ({ now, blockTime }) => Math.min(Math.floor(now / 1000) - minute, blockTime ?? Infinity);

/** How an amount is typed: decimals of the currency, or 0 where it counts in minor units or has no known ones. */
export const digitsOfDraft = ({ minor, currency }) => (minor ? 0 : (digitsOf(currency.trim()) ?? 0));

/** What the typed amount will be on the chain: "= USD 12.50", or why it is none. */
export function echo({ amount, minor, currency }) {
  const code = currency.trim();
  const digits = digitsOf(code);
  const { minor: units, problem } = minorUnits(amount.trim(), digitsOfDraft({ minor, currency }));
  if (amount.trim() === '') {
    if (digits === undefined) return `Whole units of ${code || 'the currency'}`;
    return minor ? `In the smallest unit: 125 is ${money(125, code)}` : `In ${code}, such as ${decimal(1250, digits)}`;
  }
  if (problem) return problem;
  return minor || digits === undefined ? `= ${money(units, code)}` : `= ${money(units, code)}, recorded as ${units}`;
}

const whole = (text) => /^[1-9]\d*$/.test(text);

// One problem a field, in the order of the form.
function problemsOf(draft) {
  const revenue = draft.type === 'revenue';
  const amount = draft.amount.trim();
  const machine = draft.machineId ?? draft.machine.trim();
  const read = revenue ? minorUnits(amount, digitsOfDraft(draft)) : {};
  return {
    machine: !whole(machine) && (machine ? `No machine "${machine}". Choose one, or enter its ID` : 'Choose a machine'),
    amount: revenue ? read.problem : !/^\d+$/.test(amount) && 'Enter a whole number, such as a count of runs',
    currency: revenue && !/^[A-Z0-9]{3,10}$/.test(draft.currency.trim()) && 'Enter an ISO 4217 code, such as USD',
    when: draft.when !== undefined && !Number.isFinite(draft.when) && 'Enter a date and time',
    source:
      draft.trust === 'onchain' &&
      !/^(0x)?[0-9a-f]{64}$/i.test((draft.source ?? '').trim()) &&
      'Enter the transaction hash: 0x and 64 hexadecimal digits',
  };
}

/**
 * { request } for submitEvent, or { problems: { field: sentence } }. `draft.when` is Unix seconds, undefined while the user
 * left the proposed time alone; `clock` is { now: milliseconds, blockTime: seconds }.
 */
export function requestOf(draft, clock) {
  const found = Object.entries(problemsOf(draft)).filter(([, problem]) => problem);
  if (found.length > 0) return { problems: Object.fromEntries(found) };
  const { type, trust } = draft;
  const revenue = type === 'revenue';
  const amount = draft.amount.trim();
  return {
    request: {
      machineId: draft.machineId ?? draft.machine.trim(),
      type,
      value: revenue ? minorUnits(amount, digitsOfDraft(draft)).minor : amount,
      ts: draft.when ?? usualTime(clock),
      currency: revenue ? draft.currency.trim() : undefined,
      trust,
      sourceChain: trust === 'onchain' ? draft.chain : undefined,
      sourceTx: trust === 'onchain' ? draft.source.trim() : undefined,
      rawData: draft.rawData,
      metadata: draft.metadata,
    },
  };
}

/** The command line that submits the same; what is not filled in yet stands as a placeholder. */
export function commandOf(draft, clock) {
  const machine = draft.machineId ?? draft.machine.trim();
  const shown = whole(machine) ? draft : { ...draft, machineId: '1' };
  const { request } = requestOf(shown, clock);
  const time = (seconds) => new Date(seconds * 1000).toISOString().replace('.000', '');
  const argv = ['qualify', 'event', '--machine-id', whole(machine) ? machine : 'ID', '--type', draft.type];
  argv.push('--value', request?.value ?? 'VALUE', '--ts', request ? time(request.ts) : 'TIME');
  if (request?.currency && request.currency !== 'USD') argv.push('--currency', request.currency);
  if (draft.trust !== 'self') argv.push('--trust', draft.trust);
  if (draft.trust === 'onchain') {
    if (draft.chain !== 'same') argv.push('--source-chain', draft.chain);
    argv.push('--source-tx', draft.source?.trim() || 'HASH');
  }
  return argv;
}
