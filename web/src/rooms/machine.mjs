// Machine: one machine's rating, what it earned, its identity, and a form for its next event.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { session } from '../core/session.mjs';
import { count as number, decimal } from '../format/amount.mjs';
import { subscribedId } from '../format/did.mjs';
import { hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import '../parts/freshness.mjs';
import { notice, skeleton, status, toneOf } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { styled } from '../parts/styled.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import { clock } from '../store/clock.mjs';
import { answered, asked, backoff, unanswered, unread } from '../store/reading.mjs';
import { store } from '../store/store.mjs';
import './events/event_form.mjs';
import './machine/chart.mjs';
import './machine/events.mjs';
import './machine/label_editor.mjs';
import './machine/subscription.mjs';
import { tokenOf } from './machine/tokens.mjs';

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

/** What of a rating makes a profile that was read before it an old one. */
const stampOf = (rating) => JSON.stringify([rating.mcr_score, rating.bond, rating.events, rating.updated, rating.flag]);
const stampOfMcr = (mcr) =>
  stampOf({
    mcr_score: mcr.mcr_score,
    bond: mcr.bond_status,
    events: mcr.event_count,
    updated: mcr.last_updated,
    flag: mcr.negative_flag,
  });
const stampOfRow = ({ mcr_score, negative_flag: flag, details }) => stampOf({ mcr_score, flag, ...pick(details) });
const pick = ({ bond, events, updated }) => ({ bond, events, updated });

const alone = 30_000; // milliseconds after which a machine of no known fleet is read again

/** <pq-machine .did=${did} @close>; `wide` on a page of its own. Shows what the store knows at once, and follows it. */
export class Machine extends Part {
  static properties = {
    did: { attribute: false },
    wide: { type: Boolean },
    profile: { state: true },
    mcr: { state: true },
    token: { state: true },
    reading: { state: true },
    before: { state: true },
    submitting: { state: true },
  };

  constructor() {
    super();
    this.reading = unread;
    this.watch(labels);
    this.onFleet = () => this.#follow();
    this.onClock = () => this.#again();
  }

  connectedCallback() {
    super.connectedCallback();
    this.unsubscribe = store.subscribe('fleet', this.onFleet);
    clock.addEventListener('change', this.onClock);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unsubscribe();
    clock.removeEventListener('change', this.onClock);
    this.generation++;
  }

  willUpdate(changed) {
    if (!changed.has('did')) return;
    this.profile = this.mcr = this.token = this.before = undefined;
    this.reading = unread;
    this.submitting = false;
    this.load();
  }

  // Where it takes the place of the table, the keyboard follows.
  updated(changed) {
    if (changed.has('did') && matchMedia('(max-width: 71.99rem)').matches) this.querySelector('.machine').focus();
  }

  /** Reads the machine again. What is shown stays until there is an answer. */
  async load() {
    const { did } = this;
    const generation = (this.generation = (this.generation ?? 0) + 1);
    const current = () => generation === this.generation;
    this.reading = asked(this.reading, Date.now());
    try {
      const profile = await session.profile(did, { rating: (mcr) => current() && (this.mcr = mcr) });
      if (!current()) return;
      this.profile = profile;
      labels.learn([{ did, machine_id: profile.machine.peaqos.machine_id, name: profile.machine.name }]);
      this.reading = answered(Date.now());
      this.token = await tokenOf(profile.machine.peaqos.machine_id);
    } catch (problem) {
      if (!current()) return;
      const pause = backoff(this.reading.failures + 1, Math.random());
      this.reading = unanswered(this.reading, problem, Date.now(), pause);
    }
  }

  // The store heard something else of the machine.
  #follow() {
    const row = store.machine(this.did);
    if (this.reading.askedAt !== undefined || this.reading.failures > 0 || !this.mcr || !row?.details) return;
    if (row.detailsAt > this.reading.asOf && stampOfRow(row) !== stampOfMcr(this.mcr)) this.load();
    else this.requestUpdate();
  }

  // Tries again after a failure; a machine that no fleet has is read again now and then.
  #again() {
    const { askedAt, failures, nextTry, asOf, problem } = this.reading;
    if (askedAt !== undefined) return;
    const now = Date.now();
    const due =
      failures > 0 ? now >= nextTry && problem.kind === 'network' : !store.machine(this.did) && now - asOf > alone;
    if (due) this.load();
  }

  // The rating before the event stays, to be seen beside the new one.
  async #submitted() {
    const { mcr_score: score, mcr } = this.#rated;
    await this.load();
    this.before = { score, mcr };
  }

  // Its rating as far as it is known: the machine's own answer, else what the list of the fleet says.
  get #rated() {
    return this.mcr ?? store.machine(this.did);
  }

  get #named() {
    const { did } = this;
    const rated = this.#rated;
    const { machine } = this.profile ?? {};
    const id = machine?.peaqos.machine_id ?? rated?.machine_id;
    return { did, machine_id: id, name: machine?.name ?? rated?.details?.name };
  }

  // What the console saw of its score, oldest first.
  get #ratings() {
    const { did } = this;
    const seen = store.feed.entries
      .filter((entry) => entry.kind === 'rating' && entry.did === did && typeof entry.score === 'number')
      .map(({ at, score }) => ({ at, score }))
      .sort((a, b) => a.at - b.at);
    const score = this.#rated?.mcr_score;
    return score === undefined ? seen : [...seen, { at: this.reading.asOf ?? Date.now(), score }];
  }

  render() {
    const { profile, mcr, reading } = this;
    const rated = this.#rated;
    return html`<section class="machine" aria-label="Machine" tabindex="-1">
      <header class="row">
        <pq-machine-label class="grow" ?page=${this.wide} .machine=${this.#named}></pq-machine-label>
        ${
          this.wide
            ? nothing
            : html`<a
                class="button quiet icon"
                href=${hrefTo('machine', this.did)}
                aria-label="Open as a page"
                title="Open as a page"
                >${icon('external')}</a
              >`
        }
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
        reading.problem?.code === 'NOT_FOUND'
          ? nothing
          : html`<pq-freshness .reading=${reading} what="rating service" @refresh=${() => this.load()}></pq-freshness>`
      }
      ${this.wide ? html`<h2 class="unseen">What it is and did</h2>` : nothing} ${this.#problem()}
      ${rated ? this.#rating(rated) : nothing}
      ${subscribedId(this.did) ? html`<pq-machine-subscription .did=${this.did}></pq-machine-subscription>` : nothing}
      ${
        profile
          ? html`${this.#events(profile, mcr)} ${this.#identity(profile.machine.peaqos, mcr)}`
          : reading.failures > 0
            ? nothing
            : skeleton(rated ? 8 : 12)
      }
    </section>`;
  }

  // A source that does not answer is tried again; what a machine is asked wrongly is not.
  #problem() {
    const { problem } = this.reading;
    if (!problem) return nothing;
    const text = `${problem.message[0].toUpperCase()}${problem.message.slice(1)}.`;
    return notice('warn', html`${text} Nothing was sent; this view only reads.`);
  }

  #rating(mcr) {
    const trend = mcr.revenue_trend ?? mcr.details?.trend;
    const [tone, words] = trends[trend] ?? ['', trend === undefined ? '' : 'Too few events for a trend'];
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
                <button class="button" data-key="e" @click=${() => (this.submitting = true)}>
                  ${icon('plus')} Submit event
                </button>
              </div>`
      }`;
  }

  #events(profile, mcr) {
    const { machine, hidden, count, days, unrated } = profile;
    if (hidden)
      return html`<div class="section">
        <h3>Events</h3>
        <p class="soft">
          ${mcr.event_count} events. Their data are ${machine.peaqos.data_visibility}, so the rating service shows only
          their number.
        </p>
      </div>`;
    if (count === 0)
      return html`<div class="section">
        <h3>Events</h3>
        <p class="soft">None yet. The first event gives the machine its rating.</p>
      </div>`;
    return html`<div class="section over-time">
      <div class="row apart">
        <h3>Revenue</h3>
        <span>${this.#total(days, mcr)} <span class="faint">total</span></span>
      </div>
      ${
        days.some(({ revenue }) => revenue > 0)
          ? html`<pq-machine-chart
              .days=${unrated?.days ?? days}
              .currency=${unrated?.currency ?? 'USD'}
              .ratings=${this.#ratings}
            ></pq-machine-chart>`
          : html`<p class="soft">No revenue yet, activity alone.</p>`
      }
      <pq-machine-events .did=${this.did} .profile=${profile}></pq-machine-events>
    </div>`;
  }

  // What has no exchange rate is not zero.
  #total(days, mcr) {
    const unpriced = days.reduce((sum, day) => sum + day.unpriced, 0);
    if (unpriced === 0) return html`<strong>USD ${decimal(Math.round(mcr.total_revenue * 100), 2)}</strong>`;
    const all = days.reduce((sum, day) => sum + day.revenue, 0);
    return html`<strong>${unpriced === all ? '–' : `USD ${decimal(Math.round(mcr.total_revenue * 100), 2)}`}</strong>
      <span class="faint">${number(unpriced)} events have no rate</span>`;
  }

  // A machine with a subscription is its own token, and its bond is told there.
  #bond({ did }, mcr) {
    if (subscribedId(did)) return nothing;
    return html`<dt>NFT</dt>
      <dd>
        ${this.token ? html`<span class="mono">Token ${this.token}</span>` : html`<span class="faint">unknown (minted elsewhere)</span>`}
      </dd>
      <dt>Bond</dt>
      <dd>${mcr.bond_status === 'bonded' ? status('good', 'Bonded, 1 PEAQ') : status('bad', 'Not bonded')}</dd>`;
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
          <dd class="mono machine-id">${facts.machine_id}</dd>
          ${this.#bond(facts, mcr)}
          <dt>Last event</dt>
          <dd><pq-time .at=${mcr.last_updated === null ? null : mcr.last_updated * 1000}></pq-time></dd>
        </dl>
      </div>
      <div class="section">
        <h3>DID attributes</h3>
        <dl class="facts">
          ${attribute('Machine type', facts.machine_type)}
          ${attribute('Operator', facts.operator && html`<pq-value .text=${facts.operator} label="operator"></pq-value>`)}
          ${attribute('Documentation', facts.documentation_url && link(facts.documentation_url))}
          ${attribute('Data API', facts.data_api && link(facts.data_api))}
          ${attribute('Visibility', facts.data_visibility)}
        </dl>
      </div>`;
  }
}
define('pq-machine', Machine);
