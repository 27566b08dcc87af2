// How old what a view shows is, whether its source answers, and a button to read it again.
// SPDX-License-Identifier: Apache-2.0
import { age } from '../format/age.mjs';
import { clock } from '../store/clock.mjs';
import { stateOf } from '../store/reading.mjs';
import { icon } from './icon.mjs';
import { define, html, nothing, Part } from './part.mjs';

const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** {tone, text} of a reading (store/reading.mjs); `what` names its source: "rating service". Pure. */
export function freshnessOf(reading, what, now, options) {
  const state = stateOf(reading, now, options);
  const { asOf, nextTry, askedAt } = reading;
  if (state === 'unknown') return { tone: '', text: askedAt === undefined ? '' : 'reading…' };
  if (state === 'off') return { tone: '', text: `no ${what} set` };
  if (state !== 'unreachable') return { tone: state === 'stale' ? 'warn' : '', text: `as of ${age(now - asOf)} ago` };
  const known = asOf === undefined ? '' : `as of ${hour.format(asOf)}, `;
  const next =
    nextTry === undefined
      ? 'waiting for an answer'
      : nextTry > now
        ? `next try in ${age(nextTry - now)}`
        : 'trying again';
  return { tone: 'warn', text: `${known}${what} not answering, ${next}` };
}

/** <pq-freshness .reading=${} what="rating service" .options=${of stateOf} @refresh> */
export class Freshness extends Part {
  static properties = { reading: { attribute: false }, what: {}, options: { attribute: false } };

  constructor() {
    super();
    this.watch(clock);
  }

  render() {
    const { tone, text } = freshnessOf(this.reading, this.what, Date.now(), this.options);
    const refresh = () => this.dispatchEvent(new CustomEvent('refresh'));
    return html`<span
      class="freshness row tight small"
      data-tone=${tone}
      title=${this.reading.problem?.message ?? nothing}
    >
      ${tone ? icon('triangle', 12) : nothing} <span class=${tone ? '' : 'faint'}>${text}</span>
      <button type="button" class="button quiet little" @click=${refresh}>Refresh</button>
    </span>`;
  }
}
define('pq-freshness', Freshness);
