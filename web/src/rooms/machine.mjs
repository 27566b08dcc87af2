// Machine: one machine's rating, what it earned, its identity, and a form for its next event.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { decimal } from '../format/amount.mjs';
import { icon } from '../parts/icon.mjs';
import { failure, skeleton, status, toneOf } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { styled } from '../parts/styled.mjs';
import { timeBars } from '../parts/time_bars.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import './events/event_form.mjs';
import { amountOf, dollars, inDollars, isRevenue, trusts } from './machine/amounts.mjs';
import { tokenOf } from './machine/tokens.mjs';

const shownEvents = 50;
const trends = {
  up: ['good', '↗ Revenue is rising'],
  down: ['bad', '↘ Revenue is falling'],
  stable: ['', '→ Revenue is stable'],
};

// Links lead where the machine's own data say: only to the web, and never silently.
const link = (url) =>
  /^https?:\/\//i.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${url}</a>`
    : html`<span>${url}</span>`;

/** <pq-machine .did=${did} @close @moved>; `moved` says that its figures are not what they were. */
export class Machine extends Part {
  static properties = {
    did: { attribute: false },
    machine: { state: true },
    mcr: { state: true },
    token: { state: true },
    error: { state: true },
    before: { state: true },
    submitting: { state: true },
  };

  willUpdate(changed) {
    if (!changed.has('did')) return;
    this.machine = this.mcr = this.token = this.before = undefined;
    this.submitting = false;
    this.load();
  }

  // Where it takes the place of the table, the keyboard follows.
  updated(changed) {
    if (changed.has('did') && matchMedia('(max-width: 71.99rem)').matches) this.querySelector('.machine').focus();
  }

  async load() {
    const { did } = this;
    this.error = undefined;
    try {
      const [machine, mcr] = await Promise.all([
        session.call('queryMachine', { did }),
        session.call('queryMcr', { did }),
      ]);
      if (did !== this.did) return;
      this.machine = machine;
      this.mcr = mcr;
      this.token = await tokenOf(machine.peaqos.machine_id);
    } catch (error) {
      if (did === this.did) this.error = error;
    }
  }

  // The rating before the event stays, to be seen beside the new one.
  async #submitted() {
    const { mcr_score: score, mcr } = this.mcr;
    await this.load();
    this.before = { score, mcr };
    this.dispatchEvent(new CustomEvent('moved', { detail: this.mcr }));
  }

  render() {
    const { machine, mcr, error } = this;
    return html`<section class="machine" aria-label="Machine" tabindex="-1">
      <header class="row">
        <h2 class="truncate grow">${machine?.name ?? 'Machine'}</h2>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Close machine"
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >
          ${icon('cross')}
        </button>
      </header>
      <pq-value .text=${this.did} label="DID"></pq-value>
      ${
        error
          ? failure(error, {
              money: 'Nothing was sent; this view only reads.',
              actions: html`<button class="button" @click=${() => this.load()}>Try again</button>`,
            })
          : machine
            ? html`${this.#rating(mcr)} ${this.#events(machine.peaqos, mcr)} ${this.#identity(machine.peaqos, mcr)}`
            : skeleton(12)
      }
    </section>`;
  }

  #rating(mcr) {
    const [tone, words] = trends[mcr.revenue_trend] ?? ['', 'Too few events for a trend'];
    const change = this.before && mcr.mcr_score - this.before.score;
    return html`<div class="verdict" data-tone=${toneOf(mcr.mcr)}>
        <span class="letter" data-long=${String(mcr.mcr.length > 3)}>${mcr.mcr}</span>
        <div class="stack tight grow">
          <div class="row apart">
            <span><strong class="large">${mcr.mcr_score}</strong> <span class="faint">of 100</span></span>
            ${
              change === undefined
                ? nothing
                : html`<span class="status" role="status" data-tone=${change > 0 ? 'good' : change < 0 ? 'bad' : ''}
                    >${change > 0 ? `↗ ${change} more` : change < 0 ? `↘ ${-change} less` : 'unchanged'} than
                    before</span
                  >`
            }
          </div>
          <div class="gauge"><i ${styled({ width: `${mcr.mcr_score}%` })}></i></div>
          <span class="status" data-tone=${tone}>${words}</span>
        </div>
      </div>
      ${mcr.negative_flag ? html`<p>${status('bad', 'Flagged: deactivated or disputed')}</p>` : nothing}
      ${mcr.mcr_degraded ? html`<p>${status('warn', 'Exchange rates behind the rating are out of date')}</p>` : nothing}
      ${
        this.submitting
          ? html`<div class="card">
              <div class="row">
                <h3 class="grow">Submit an event</h3>
                <button class="button quiet little" @click=${() => (this.submitting = false)}>Close</button>
              </div>
              <pq-event-form .machineId=${String(mcr.machine_id)} @submitted=${this.#submitted}></pq-event-form>
            </div>`
          : session.state === 'visiting'
            ? nothing
            : html`<div class="row">
                <button class="button" @click=${() => (this.submitting = true)}>${icon('plus')} Submit event</button>
              </div>`
      }`;
  }

  #events({ event_data: events, data_visibility: visibility }, mcr) {
    if (!events)
      return html`<div class="section">
        <h3>Events</h3>
        <p class="soft">
          ${mcr.event_count} events; their data are ${visibility}, so the rating service shows their number alone.
        </p>
      </div>`;
    if (events.length === 0)
      return html`<div class="section">
        <h3>Events</h3>
        <p class="soft">None yet. The first event gives the machine its rating.</p>
      </div>`;
    const newest = events.toSorted((a, b) => b.timestamp - a.timestamp);
    const revenues = events.filter(isRevenue);
    return html`<div class="section">
      <div class="row apart">
        <h3>Revenue</h3>
        <span
          ><strong>USD ${decimal(Math.round(mcr.total_revenue * 100), 2)}</strong>
          <span class="faint">in all</span></span
        >
      </div>
      ${
        revenues.length > 0
          ? timeBars({
              label: 'Revenue',
              values: revenues.map((event) => ({ at: event.timestamp * 1000, value: event.usd_value ?? 0 })),
              until: Math.max(Date.now(), newest[0].timestamp * 1000),
              spell: dollars,
            })
          : html`<p class="soft">No revenue yet, activity alone.</p>`
      }
      <h3>Events <span class="faint">${events.length}</span></h3>
      <ul class="event-list">
        ${newest.slice(0, shownEvents).map(
          (event) =>
            html`<li>
              <span class="what">${isRevenue(event) ? 'Revenue' : 'Activity'}</span>
              <span class="number">${amountOf(event)} <span class="faint small">${inDollars(event)}</span></span>
              <span class="faint small">${trusts[event.trust_level] ?? `Trust ${event.trust_level}`}</span>
              <span class="faint small number"><pq-time .at=${event.timestamp * 1000}></pq-time></span>
            </li>`,
        )}
      </ul>
      ${events.length > shownEvents ? html`<p class="faint small">The newest ${shownEvents} are shown.</p>` : nothing}
    </div>`;
  }

  #identity(facts, mcr) {
    const attribute = (label, content) =>
      content
        ? html`<dt>${label}</dt>
            <dd>${content}</dd>`
        : nothing;
    return html`<div class="section">
        <h3>Identity</h3>
        <dl class="facts">
          <dt>Machine ID</dt>
          <dd class="mono">${facts.machine_id}</dd>
          <dt>NFT</dt>
          <dd>
            ${this.token ? html`<span class="mono">Token ${this.token}</span>` : html`<span class="faint">not minted from here</span>`}
          </dd>
          <dt>Bond</dt>
          <dd>${mcr.bond_status === 'bonded' ? status('good', 'Bonded, 1 PEAQ') : status('bad', 'Not bonded')}</dd>
          <dt>Last event</dt>
          <dd><pq-time .at=${mcr.last_updated === null ? null : mcr.last_updated * 1000}></pq-time></dd>
        </dl>
      </div>
      <div class="section">
        <h3>DID attributes</h3>
        <dl class="facts">
          ${attribute('Operator', facts.operator && html`<pq-value .text=${facts.operator} label="operator"></pq-value>`)}
          ${attribute('Documentation', facts.documentation_url && link(facts.documentation_url))}
          ${attribute('Data API', facts.data_api && link(facts.data_api))}
          ${attribute('Visibility', facts.data_visibility)}
        </dl>
      </div>`;
  }
}
define('pq-machine', Machine);
