// Asking the person behind the client, where the client can ask.
// SPDX-License-Identifier: Apache-2.0
import { refusal } from './failure.mjs';
import { visibleText } from './visible.mjs';

const MOST_TRANSACTIONS = 20;

// 1234500 with 3 decimals is 1234.5; what is no amount stays as it is.
function amountOf(value, decimals) {
  if (!/^\d+$/.test(value)) return String(value);
  const digits = String(value).padStart(decimals + 1, '0');
  const [whole, part] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  return part.replace(/0+$/, '') ? `${whole}.${part.replace(/0+$/, '')}` : whole;
}

const argumentsOf = (named) =>
  Array.isArray(named)
    ? ''
    : Object.entries(named)
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
        .join(', ');

function transactionLine({ function: name, contract, to, arguments: named = {}, value, currency, calls = [] }) {
  const paying = value && value !== '0' ? ` with ${amountOf(value, 18)} ${currency}` : '';
  const many = calls.length ? ` (${calls.length} calls)` : '';
  return `- ${name || 'a transfer'}${many} of ${contract || 'an unnamed contract'} ${to}${paying}: ${argumentsOf(named)}`;
}

const sumLine = ([currency, { decimals = 18, value, max_fee: most }]) =>
  `- ${amountOf(value, decimals)} ${currency}, and at most ${amountOf(most, decimals)} ${currency} of fees`;

/** What a person is to agree to, a fact a line; no text of others can make a line of its own. */
export function consentText({ line, plan, pinned }) {
  const { signer, chain_id: chain, transactions, actions = [], sums } = plan;
  const more = transactions.length - MOST_TRANSACTIONS;
  const lines = [
    'An agent asks to run this command:',
    `peaqos ${line.join(' ')}`,
    signer ? `It signs as ${signer} on chain ${chain}.` : 'It signs no transaction.',
    ...(transactions.length ? ['Transactions:', ...transactions.slice(0, MOST_TRANSACTIONS).map(transactionLine)] : []),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(actions.length
      ? ['It also does:', ...actions.map(({ name, facts }) => `- ${name} ${JSON.stringify(facts)}`)]
      : []),
    ...(Object.keys(sums).length ? ['It spends:', ...Object.entries(sums).map(sumLine)] : []),
    ...(pinned.length ? ['Files:', ...pinned.map(({ path, sha256 }) => `- ${path}, SHA-256 ${sha256}`)] : []),
  ];
  return lines.map(visibleText).join('\n');
}

const requestedSchema = {
  type: 'object',
  properties: { approve: { type: 'boolean', title: 'Carry this out', default: false } },
  required: ['approve'],
};

/** Whether the client can put a question to its person. */
export const canAsk = (server) => Boolean(server.getClientCapabilities()?.elicitation);

/** Puts a question: true for a yes. Throws a refusal when nobody answers. */
export async function ask(server, message, { signal, timeout }) {
  let answer;
  try {
    answer = await server.elicitInput({ message, requestedSchema }, { signal, timeout });
  } catch {
    throw refusal('NO_ANSWER', 'nobody answered whether the plan may be carried out: nothing was sent');
  }
  return answer.action === 'accept' && answer.content?.approve === true;
}

/** The SDK's check of an answer: the one form that is asked for needs no library. */
export const answerValidator = {
  getValidator: () => (content) =>
    typeof content?.approve === 'boolean'
      ? { valid: true, data: content, errorMessage: undefined }
      : { valid: false, data: undefined, errorMessage: 'approve must be true or false' },
};
