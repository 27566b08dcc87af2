// A transaction before it is signed, as the question "approve" tells it: what it calls with which arguments, what it
// costs, on which chain, from whom to whom.
// SPDX-License-Identifier: Apache-2.0
import './value.mjs';
import { coins } from '../format/amount.mjs';
import { html, nothing } from './part.mjs';

const isLong = (value) => /^0x[0-9a-f]{32,}$/i.test(value);

// What a bare number of an event says to people.
const meanings = {
  eventType: (value) => ['revenue', 'activity'][value],
  trustLevel: (value) => ['self-reported', 'on-chain verifiable', 'hardware-signed'][value],
  timestamp: (value) => new Date(value * 1000).toISOString().replace('.000', ''),
};

const argument = ([name, value]) => {
  const text = String(value);
  const meaning = meanings[name]?.(value);
  return html`<dt>${name}</dt>
    <dd>
      ${isLong(text) ? html`<pq-value .text=${text} label=${name}></pq-value>` : html`<code class="mono">${text || '–'}</code>`}
      ${meaning ? html`<span class="faint small">${meaning}</span>` : nothing}
    </dd>`;
};

const typesOf = (signature) => {
  const types = signature ? /\(.*/s.exec(signature)[0] : 'a function that is not known here';
  return types === '()' ? nothing : html`<span class="faint small mono">${types}</span>`;
};

/** Function and arguments alone. */
export const decodedCall = ({ function: signature, arguments: values, data }) =>
  html`<div class="call">
    <code class="mono name">${signature ? signature.replace(/\(.*/s, '') : data.slice(0, 10)}</code>
    ${typesOf(signature)}
    ${values.length > 0 ? html`<dl class="facts">${values.map(argument)}</dl>` : html`<p class="faint small">No arguments.</p>`}
  </div>`;

const left = (asked) => BigInt(asked.balance_wei) - BigInt(asked.value_wei) - BigInt(asked.fee_wei);

export const transaction = (asked) =>
  html`${decodedCall(asked)}
    <dl class="facts">
      <dt>Sends</dt>
      <dd><strong>${coins(asked.value_wei, asked.currency)}</strong></dd>
      <dt>Fee</dt>
      <dd>at most ${coins(asked.fee_wei, asked.currency, 6)}</dd>
      <dt>Balance</dt>
      <dd>${coins(asked.balance_wei, asked.currency)}, then at least ${coins(left(asked), asked.currency)}</dd>
      <dt>From</dt>
      <dd><pq-value .text=${asked.from} label="sender"></pq-value></dd>
      <dt>To contract</dt>
      <dd><pq-value .text=${asked.to} label="contract"></pq-value></dd>
      <dt>Chain</dt>
      <dd>${asked.chain_id}</dd>
    </dl>`;
