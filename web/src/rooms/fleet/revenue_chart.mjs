// What the fleet earned and did, day by day: the machines with the most revenue as layers, the others as one, the range
// before as a line. Of the machines whose days the store knows, which is said.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { count, money } from '../../format/amount.mjs';
import { Chart } from '../../parts/chart.mjs';
import { define, html, nothing } from '../../parts/part.mjs';
import { store } from '../../store/store.mjs';
import { revenueWords as words } from '../../words/fleet.mjs';
import { changeOf } from '../machine/series.mjs';
import { seriesOfFleet } from './daily.mjs';

const dayNames = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const dollars = (cents) => money(Math.round(cents), 'USD');

/** <pq-fleet-revenue .daily=${of a fleet, see daily.mjs} .machines=${how many of the fleet have events, or may have}> */
export class FleetRevenue extends Chart {
  static properties = { daily: { attribute: false }, machines: { attribute: false }, range: { state: true } };

  drawnBy = ['daily', 'range'];
  load = () => import('./revenue_plot.mjs');

  constructor() {
    super();
    this.range = 30;
    this.watch(labels);
  }

  willUpdate() {
    this.series = seriesOfFleet(this.daily.ranges[this.range]);
  }

  #name(did) {
    if (!did) return words.others;
    const row = store.machine(did);
    return row ? labels.nameOfRow(row) : labels.nameOf({ did });
  }

  // The day under the crosshair, or the whole range.
  #readout() {
    const { times, layers, events, sum, sumBefore } = this.series;
    const { at } = this;
    if (at === null || at === undefined || at >= times.length) {
      const change = changeOf(sum, sumBefore);
      return html`<strong>${dollars(sum)}</strong> ${words.inDays(this.range)}${
          change ? html` <span class="faint">${words.compared(change, this.range)}</span>` : nothing
        }`;
    }
    const earned = layers.reduce((all, { values }) => all + values[at], 0);
    return html`<strong>${dayNames.format(times[at] * 1000)}</strong> ${dollars(earned * 100)} ·
      ${words.events(events[at], count(events[at]))}`;
  }

  #ranges() {
    return html`<span class="segments small" role="radiogroup" aria-label=${words.days}>
      ${Object.keys(this.daily.ranges).map(
        (range) =>
          html`<label
            ><input
              type="radio"
              name="range-of-fleet"
              .checked=${Number(range) === this.range}
              @change=${() => {
                this.range = Number(range);
                this.at = null;
              }}
            /><span>${range} d</span></label
          >`,
      )}
    </span>`;
  }

  render() {
    const { layers, sum } = this.series;
    const { covered } = this.daily;
    return html`<figure class="machine-chart fleet-revenue">
      <figcaption class="row apart">
        <span class="small" role="status">${this.#readout()}</span> ${this.#ranges()}
      </figcaption>
      <ul class="row small layers">
        ${layers.map(
          ({ did, sum: own }, at) =>
            html`<li class="row tight">
              <i data-layer=${at}></i> <span class="truncate">${this.#name(did)}</span>
              <span class="faint">${dollars(own)}</span>
            </li>`,
        )}
      </ul>
      ${this.box(words.label(dollars(sum), this.range))}
      <p class="row small faint keys">
        <span><i class="before"></i> ${words.before(this.range)}</span> <span>${words.below}</span>
        ${covered < this.machines ? html`<span>${words.covered(count(covered), count(this.machines))}</span>` : nothing}
      </p>
    </figure>`;
  }
}
define('pq-fleet-revenue', FleetRevenue);
