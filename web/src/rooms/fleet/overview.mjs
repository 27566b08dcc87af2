// The sums of a fleet, and its machines by rating.
// SPDX-License-Identifier: Apache-2.0
import { count } from '../../format/amount.mjs';
import { bars } from '../../parts/bars.mjs';
import { figure, skeleton, toneOf } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { ratings } from '../../store/rules.mjs';

const partial = (text) => html`<span class="partial">${text}</span>`;

/** Of figuresOf(). A zero is only said of what was looked at. */
export function figures({ machines, looked, known, bonded, attention, median }) {
  const whole = looked === machines;
  const ofKnown = known < machines ? partial(`of ${count(known)} known`) : nothing;
  return html`<dl class="figures">
    ${figure('Machines', count(machines))}
    ${figure('Bonded', whole ? html`${known > 0 ? count(bonded) : '–'} ${ofKnown}` : partial('checking…'))}
    ${figure('Median score', html`${median ?? '–'} ${partial('of 100')}`)}
    ${figure('Attention', whole ? count(attention) : attention > 0 ? html`${count(attention)} ${partial('so far, checking…')}` : partial('checking…'))}
  </dl>`;
}

/** While nothing was ever read. */
export const figuresToCome = () =>
  html`<div class="overview">
      <dl class="figures">
        ${['Machines', 'Bonded', 'Median score', 'Attention'].map((label) => figure(label, undefined))}
      </dl>
    </div>
    ${skeleton(10)}`;

/** How many of the machines were looked at, while not all were. */
export function progress({ looked, machines }) {
  if (looked === machines) return nothing;
  return html`<span class="row tight small faint"
    ><progress max=${machines} .value=${looked} aria-label="Machines checked"></progress> checking ${count(looked)} of
    ${count(machines)}</span
  >`;
}

/** `chosen`: the ratings that the list is limited to. */
export function distribution(rows, chosen, toggle) {
  const numbers = new Map(ratings.map((name) => [name, 0]));
  for (const { mcr } of rows) numbers.set(mcr, (numbers.get(mcr) ?? 0) + 1);
  return bars({
    label: 'Machines by rating; choose one to filter by it',
    kinds: [...numbers].map(([name, number]) => ({ name, number, tone: toneOf(name), on: chosen.includes(name) })),
    toggle,
  });
}
