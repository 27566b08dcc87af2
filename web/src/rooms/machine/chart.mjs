// A machine over time: revenue a day, its mean of a week, and its score, on one axis with a crosshair.
// SPDX-License-Identifier: Apache-2.0
import { digitsOf, money } from '../../format/amount.mjs';
import { failure } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { changeOf, ranges, seriesOf, usualRange } from './series.mjs';

const height = 200; // pixels
const dayNames = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const dark = matchMedia('(prefers-color-scheme: dark)');

/** <pq-machine-chart .days=${of a reduced profile} .ratings=${[{ at, score }]} currency="EUR" (of the days; else USD)> */
export class MachineChart extends Part {
  static properties = {
    days: { attribute: false },
    ratings: { attribute: false },
    currency: {},
    range: { state: true },
    at: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.ratings = [];
    this.currency = 'USD';
    this.resized = new ResizeObserver(
      ([
        {
          contentRect: { width },
        },
      ]) => width > 0 && this.drawn?.size(width),
    );
    this.onTheme = () => setTimeout(() => this.#redraw()); // once the page's own colours changed
    this.themed = new window.MutationObserver(this.onTheme);
  }

  connectedCallback() {
    super.connectedCallback();
    this.themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    dark.addEventListener('change', this.onTheme);
    if (this.hasUpdated) this.#redraw();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.themed.disconnect();
    dark.removeEventListener('change', this.onTheme);
    this.resized.disconnect();
    this.drawn?.destroy();
    this.drawn = undefined;
  }

  willUpdate() {
    this.range ??= usualRange(this.days, Date.now());
    const { days, ratings, range, currency } = this;
    this.series = seriesOf({ days, ratings, range, now: Date.now(), digits: digitsOf(currency) ?? 0 });
  }

  updated(changed) {
    if (!this.drawn) this.#redraw();
    else if (['days', 'ratings', 'range'].some((name) => changed.has(name))) this.drawn.set(this.series);
  }

  async #redraw() {
    this.drawing ??= import('./plot.mjs');
    try {
      const { plot } = await this.drawing;
      const box = this.querySelector('.plot');
      if (!this.isConnected || !box) return;
      this.drawn?.destroy();
      this.drawn = plot(box, this.series, {
        height,
        width: box.clientWidth,
        onMove: (at) => (this.at = at),
      });
      this.resized.observe(box);
    } catch {
      this.drawing = undefined;
      this.problem = { message: 'the chart could not be loaded', hint: 'Check the connection' };
    }
  }

  #keydown = (event) => {
    const last = this.series.times.length - 1;
    const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity };
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.drawn?.move(Math.max(0, Math.min(last, (this.at ?? last) + moves[event.key])));
  };

  #money = (minor) => money(Math.round(minor), this.currency);

  // The day under the crosshair, or the whole range.
  #readout() {
    const { times, revenue, events, score, sum, before } = this.series;
    if (this.at === null || this.at === undefined || this.at >= times.length) {
      const change = changeOf(sum, before);
      return html`<strong>${this.#money(sum)}</strong> in ${this.range}
        days${change ? html` <span class="faint">${change} to the ${this.range} days before</span>` : nothing}`;
    }
    const { at } = this;
    const known = score[at] === null ? nothing : html` · score ${score[at]}`;
    return html`<strong>${dayNames.format(times[at] * 1000)}</strong>
      ${this.#money(revenue[at] * 10 ** (digitsOf(this.currency) ?? 0))} · ${events[at]}
      ${events[at] === 1 ? 'event' : 'events'}${known}`;
  }

  render() {
    const summary = `Revenue a day and score over ${this.range} days, ${this.#money(this.series.sum)} in all. Arrow keys move from day to day.`;
    return html`<figure class="machine-chart">
      <figcaption class="row apart">
        <span class="small" role="status">${this.#readout()}</span>
        <span class="segments small" role="radiogroup" aria-label="Days shown">
          ${ranges.map(
            (range) =>
              html`<label
                ><input
                  type="radio"
                  name="range-of-chart"
                  .checked=${range === this.range}
                  @change=${() => {
                    this.range = range;
                    this.at = null;
                  }}
                /><span>${range} d</span></label
              >`,
          )}
        </span>
      </figcaption>
      ${this.problem ? failure(this.problem) : nothing}
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${summary}
        @keydown=${this.#keydown}
        @blur=${() => this.drawn?.move(null)}
      ></div>
      <div class="row small faint keys" aria-hidden="true">
        <span><i class="bar"></i> Revenue, ${this.currency}</span> <span><i class="mean"></i> 7-day mean</span>
        <span><i class="score"></i> Score</span>
        ${this.ratings.length < 2 ? html`<span>The score is recorded while the console watches.</span>` : nothing}
      </div>
    </figure>`;
  }
}
define('pq-machine-chart', MachineChart);
