// The fleet on a map without tiles, so that nobody else learns where machines are: their places on a grid of degrees.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { count } from '../../format/amount.mjs';
import { hrefTo } from '../../frame/router.mjs';
import { rating, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part, svg } from '../../parts/part.mjs';
import { styled } from '../../parts/styled.mjs';
import { attention, toneOfAttention } from '../../store/attention.mjs';
import { mapWords as words } from '../../words/fleet.mjs';
import { mapOf, marksOf, placesOf } from './places.mjs';

const height = 380; // pixels
const listed = 50; // machines of a place

/** <pq-fleet-map .rows=${rows} .rules=${rules}> */
export class FleetMap extends Part {
  static properties = {
    rows: { attribute: false },
    rules: { attribute: false },
    width: { state: true },
    chosen: { state: true },
  };

  constructor() {
    super();
    this.rows = [];
    this.watch(labels);
    this.resized = new ResizeObserver(([{ contentRect }]) => (this.width = Math.floor(contentRect.width)));
  }

  firstUpdated() {
    this.resized.observe(this.querySelector('.fleet-map'));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  // The gravest reason for attention among machines, as a tone.
  #tone(rows) {
    const now = Date.now() / 1000;
    const tones = rows
      .map((row) => attention(row, this.rules, now))
      .map((why) => (why ? toneOfAttention(why) : 'good'));
    return ['bad', 'warn'].find((tone) => tones.includes(tone)) ?? 'good';
  }

  #mark({ x, y, names, rows }) {
    const key = names.join(', ');
    const tone = this.#tone(rows);
    return html`<button
      type="button"
      class="place"
      data-tone=${tone}
      aria-pressed=${String(key === this.chosen)}
      aria-label=${words.place(names, rows.length, tone !== 'good')}
      title=${names.join(', ')}
      ${styled({ left: `${x}px`, top: `${y}px` })}
      @click=${() => (this.chosen = key === this.chosen ? undefined : key)}
    >
      ${count(rows.length)}
    </button>`;
  }

  #lines({ meridians, parallels, bar }, width) {
    return svg`${meridians.map(
      ({ at, text }) =>
        svg`<line x1=${at} x2=${at} y1="0" y2=${height}></line><text x=${at + 4} y=${height - 6}>${text}</text>`,
    )}
    ${parallels.map(
      ({ at, text }) => svg`<line x1="0" x2=${width} y1=${at} y2=${at}></line><text x="4" y=${at - 4}>${text}</text>`,
    )}
    <path class="bar" d="M${width - 12} 12v6h-${bar.length}v-6"></path>
    <text x=${width - 12} y="34" text-anchor="end">${bar.text}</text>`;
  }

  #list(mark) {
    if (!mark) return html`<p class="small faint">${words.hint}</p>`;
    const now = Date.now() / 1000;
    return html`<section class="stack tight" aria-label=${mark.names.join(', ')}>
      <h2>${mark.names.join(', ')} <span class="faint">${count(mark.rows.length)}</span></h2>
      <ul class="stack tight">
        ${mark.rows.slice(0, listed).map((row) => {
          const why = attention(row, this.rules, now);
          return html`<li class="row tight">
            <a href=${hrefTo('machine', row.did)}>${labels.nameOfRow(row)}</a> ${rating(row.mcr)}
            ${why ? status(toneOfAttention(why), why) : nothing}
          </li>`;
        })}
      </ul>
      ${mark.rows.length > listed ? html`<p class="small faint">${words.more(mark.rows.length - listed)}</p>` : nothing}
    </section>`;
  }

  render() {
    const { width = 0 } = this;
    const places = placesOf(this.rows, ({ did }) => labels.of(did).place);
    const known = places.reduce((sum, { rows }) => sum + rows.length, 0);
    const map = places.length > 0 && width > 0 ? mapOf(places, width, height) : undefined;
    const marks = map ? marksOf(places, map) : [];
    return html`<div class="stack">
      <div class="fleet-map" role="group" aria-label=${words.label}>
        ${
          map
            ? html`<svg width=${width} height=${height} aria-hidden="true">${this.#lines(map, width)}</svg>
                ${marks.map((mark) => this.#mark(mark))}`
            : nothing
        }
      </div>
      ${this.#list(marks.find(({ names }) => names.join(', ') === this.chosen))}
      ${known < this.rows.length ? html`<p class="small faint">${words.without(count(this.rows.length - known))}</p>` : nothing}
    </div>`;
  }
}
define('pq-fleet-map', FleetMap);
