// A machine over time: revenue a day, its mean of a week, and its score, on one axis with a crosshair.
// SPDX-License-Identifier: Apache-2.0
import { digitsOf, money } from '../../format/amount.mjs';
import { Chart } from '../../parts/chart.mjs';
import { define, html, nothing } from '../../parts/part.mjs';
import { changeOf, ranges, seriesOf, usualRange } from './series.mjs';

const dayNames = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** <pq-machine-chart .days=${of a reduced profile} .ratings=${[{ at, score }]} currency="EUR" (of the days; else USD)> */
export class MachineChart extends Chart {
  static properties = {
    days: { attribute: false },
    ratings: { attribute: false },
    currency: {},
    range: { state: true },
  };

  drawnBy = ['days', 'ratings', 'range'];
  load = () => import('./plot.mjs');

  constructor() {
    super();
    this.ratings = [];
    this.currency = 'USD';
  }

  willUpdate() {
    this.range ??= usualRange(this.days, Date.now());
    const { days, ratings, range, currency } = this;
    this.series = seriesOf({ days, ratings, range, now: Date.now(), digits: digitsOf(currency) ?? 0 });
  }

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
      ${this.box(summary)}
      <div class="row small faint keys" aria-hidden="true">
        <span><i class="bar"></i> Revenue, ${this.currency}</span> <span><i class="mean"></i> 7-day mean</span>
        <span><i class="score"></i> Score</span>
        ${this.ratings.length < 2 ? html`<span>The score is recorded while the console watches.</span>` : nothing}
      </div>
    </figure>`;
  }
}
define('pq-machine-chart', MachineChart);
