// A transaction before it is signed, as the question "approve" tells it: one sentence, who gets what, what it costs and
// what is left; the raw call behind "Details".
// SPDX-License-Identifier: Apache-2.0
import { chainName } from '../format/chains.mjs';
import { coins } from '../format/amount.mjs';
import { describe } from '../signing/describe.mjs';
import { address } from './address.mjs';
import { status } from './parts.mjs';
import { html, nothing } from './part.mjs';

const isLong = (value) => /^0x[0-9a-f]{32,}$/i.test(value);

const rawValue = (text, label) =>
  isLong(text) ? address(text, label) : html`<code class="mono">${text || '–'}</code>`;

/** Function and arguments as the contract gets them. */
const rawCall = ({ function: signature, arguments: values, data, from, to }) =>
  html`<dl class="facts">
    <dt>Function</dt>
    <dd><code class="mono">${signature || `unknown, ${data.slice(0, 10)}`}</code></dd>
    ${values.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${rawValue(String(value), name)}</dd>`,
    )}
    <dt>Signed by</dt>
    <dd>${address(from, 'sender')}</dd>
    <dt>Contract</dt>
    <dd>${address(to, 'contract')}</dd>
    <dt>Call data</dt>
    <dd><code class="mono small">${data}</code></dd>
  </dl>`;

function fact([label, fact]) {
  const { text, value, address: account, note } = typeof fact === 'string' ? { text: fact } : fact;
  const shown = account ? address(account, label.toLowerCase()) : value ? address(value, label.toLowerCase()) : text;
  return html`<dt>${label}</dt>
    <dd>${shown} ${note ? html`<span class="faint small">${note}</span>` : nothing}</dd>`;
}

const left = (asked) => BigInt(asked.balance_wei) - BigInt(asked.value_wei) - BigInt(asked.fee_wei);

/** transaction(question, { machineName, contracts, payment }): see describe(). */
export function transaction(asked, context) {
  const { headline, rows, contract, known } = describe(asked, context);
  return html`<p class="headline">${headline}</p>
    <dl class="facts">
      ${rows.map(fact)}
      ${
        asked.value_wei === '0'
          ? nothing
          : html`<dt>Sends</dt>
              <dd><strong>${coins(asked.value_wei, asked.currency)}</strong></dd>`
      }
      <dt>Fee</dt>
      <dd>up to ${coins(asked.fee_wei, asked.currency, 6)}</dd>
      <dt>Balance after</dt>
      <dd>at least ${coins(left(asked), asked.currency)}</dd>
      <dt>Contract</dt>
      <dd>
        ${known ? status('good', contract) : html`${status('warn', 'Not known to this console')} ${address(asked.to, 'contract')}`}
      </dd>
      <dt>Network</dt>
      <dd>${chainName(asked.chain_id)}</dd>
    </dl>
    <details class="more">
      <summary>Details</summary>
      ${rawCall(asked)}
    </details>`;
}
