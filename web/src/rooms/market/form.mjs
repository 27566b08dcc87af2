// What the market's forms share: texts, lists, checks, JSON of the person's own.
// SPDX-License-Identifier: Apache-2.0
import { field } from '../../parts/parts.mjs';
import { html } from '../../parts/part.mjs';

/** A field with one line of text. */
export const textField = (
  name,
  label,
  { hint, value = '', placeholder = '', mono = false, list, kind = 'text' } = {},
) =>
  field({
    id: `market-${name}`,
    label,
    hint,
    control: ({ id, describedby }) =>
      html`<input
        class="input ${mono ? 'mono' : ''}"
        id=${id}
        name=${name}
        inputmode=${kind === 'number' ? 'decimal' : 'text'}
        .defaultValue=${value}
        placeholder=${placeholder}
        list=${list ?? ''}
        autocomplete="off"
        spellcheck="false"
        aria-describedby=${describedby}
      />`,
  });

export const jsonField = (name, label, hint, value = '') =>
  field({
    id: `market-${name}`,
    label,
    hint,
    control: ({ id, describedby }) =>
      html`<textarea
        class="textarea mono"
        id=${id}
        name=${name}
        rows="4"
        spellcheck="false"
        .defaultValue=${value}
        placeholder='{"pair":"EUR/USD"}'
        aria-describedby=${describedby}
      ></textarea>`,
  });

export const checkField = (name, label) =>
  html`<label class="check"><input type="checkbox" name=${name} /> <span>${label}</span></label>`;

const listOf = (text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** The filled fields of a form, as an operation's members; names in `lists` are split at commas, `flags` are booleans. */
export function membersOf(form, { lists = [], flags = [] } = {}) {
  const members = {};
  for (const [name, value] of new FormData(form)) {
    const text = value.trim();
    if (text === '') continue;
    members[name] = flags.includes(name) ? true : lists.includes(name) ? listOf(text) : text;
  }
  return members;
}
