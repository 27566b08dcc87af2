// The fleet as a grid on a canvas: one square a machine, coloured by rating, in the order of the rows. What a square is
// stands beside it in words; a drag selects, Enter or a click opens.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { rating, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/time.mjs';
import { attention, toneOfAttention } from '../../store/attention.mjs';
import { gridWords as words } from '../../words/fleet.mjs';
import { between, cellAt, cellOf, layoutOf, moved } from './grid_layout.mjs';
import { coloursOf, paintCells, paintFrames, sized } from './grid_paint.mjs';

const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * <pq-fleet-grid .rows=${rows} .rules=${rules} .selected=${Set of DIDs} .open=${DID} @open=${({ detail: row }) => ...}
 *   @select=${({ detail: Set of DIDs }) => ...} @view=${({ detail: rows }) => ...}>
 */
export class FleetGrid extends Part {
  static properties = {
    rows: { attribute: false },
    rules: { attribute: false },
    selected: { attribute: false },
    open: { attribute: false },
    current: { state: true },
    width: { state: true },
    theme: { state: true },
  };

  constructor() {
    super();
    this.rows = [];
    this.selected = new Set();
    this.theme = 0;
    this.resized = new ResizeObserver(([{ contentRect }]) => (this.width = Math.floor(contentRect.width)));
    this.onTheme = () => setTimeout(() => this.theme++); // once the page's own colours changed
    this.themed = new window.MutationObserver(this.onTheme);
  }

  connectedCallback() {
    super.connectedCallback();
    this.themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    dark.addEventListener('change', this.onTheme);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.themed.disconnect();
    this.resized.disconnect();
    dark.removeEventListener('change', this.onTheme);
  }

  firstUpdated() {
    this.resized.observe(this.querySelector('.grid-box'));
  }

  willUpdate(changed) {
    if (changed.has('rows') && this.current >= this.rows.length) this.current = undefined;
    this.layout = layoutOf(this.rows.length, this.width ?? 0);
  }

  updated(changed) {
    if (!this.width) return;
    const [cells, frames] = this.querySelectorAll('canvas');
    const { layout, rows, rules } = this;
    const width = layout.columns * layout.side;
    const colours = coloursOf(this);
    if (['rows', 'rules', 'width', 'theme'].some((name) => changed.has(name))) {
      const now = Date.now() / 1000;
      const looks = rows.map((row) => cellOf(row, attention(row, rules, now)));
      paintCells(sized(cells, width, layout.height), layout, looks, colours);
    }
    const chosen = this.selected.size > 0 || this.open;
    const marked = chosen
      ? rows.flatMap(({ did }, index) => (this.selected.has(did) || did === this.open ? index : []))
      : [];
    const framed = marked.map((index) => ({ index, colour: colours.accent }));
    if (this.current !== undefined) framed.push({ index: this.current, colour: colours.ink });
    paintFrames(sized(frames, width, layout.height), layout, framed);
    if (changed.has('current') || changed.has('rows')) this.#view();
  }

  #view() {
    const row = this.rows[this.current];
    this.dispatchEvent(new CustomEvent('view', { detail: row ? [row] : [] }));
  }

  #at({ clientX, clientY }) {
    const box = this.querySelector('canvas').getBoundingClientRect();
    return cellAt(this.layout, this.rows.length, clientX - box.left, clientY - box.top);
  }

  #select(indices, { whole = false } = {}) {
    const next = new Set(whole ? [] : this.selected);
    for (const index of indices) next.add(this.rows[index].did);
    this.dispatchEvent(new CustomEvent('select', { detail: next }));
  }

  #toggle(index) {
    const next = new Set(this.selected);
    const { did } = this.rows[index];
    if (!next.delete(did)) next.add(did);
    this.dispatchEvent(new CustomEvent('select', { detail: next }));
  }

  #openCell(index) {
    this.dispatchEvent(new CustomEvent('open', { detail: this.rows[index] }));
  }

  #down = (event) => {
    const at = this.#at(event);
    // A finger scrolls; a drag of the mouse selects.
    this.drag = at === undefined || event.button !== 0 ? undefined : { from: at, to: at, before: this.current };
  };

  #move = (event) => {
    const at = this.#at(event);
    if (at === undefined) return;
    if (event.pointerType !== 'touch') this.current = at;
    if (!this.drag || event.pointerType === 'touch' || at === this.drag.to) return;
    this.drag.to = at;
    this.#select(between(this.layout, this.rows.length, this.drag.from, at), { whole: !event.shiftKey });
  };

  #up = (event) => {
    const { drag } = this;
    this.drag = undefined;
    if (!drag || drag.to !== drag.from || this.#at(event) !== drag.from) return;
    // A finger hovers over nothing: the first tap says what the square is.
    const told = event.pointerType !== 'touch' || drag.before === drag.from;
    this.current = drag.from;
    if (event.ctrlKey || event.metaKey) this.#toggle(drag.from);
    else if (told) this.#openCell(drag.from);
  };

  #keydown = (event) => {
    const { current = 0, layout, rows } = this;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.current === undefined ? current : moved(layout, rows.length, current, event.key);
    if (event.key === 'Enter' || event.key === ' ') this.#openCell(current);
    else if (event.key === 'x') this.#toggle(current);
    else if (moved(layout, rows.length, current, event.key) !== undefined) {
      if (event.shiftKey) this.#select([current, next]);
      this.current = next;
      this.#reveal();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #reveal() {
    const box = this.querySelector('.grid-box');
    const top = Math.floor(this.current / this.layout.columns) * this.layout.side;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.layout.side > box.scrollTop + box.clientHeight)
      box.scrollTop = top + this.layout.side - box.clientHeight;
  }

  // What the square under the pointer or the keyboard is.
  #readout() {
    const row = this.rows[this.current];
    if (!row) return html`<span class="faint">${words.hint}</span>`;
    const why = attention(row, this.rules, Date.now() / 1000);
    const { place } = labels.of(row.did);
    const { updated } = row.details ?? {};
    return html`<strong class="truncate">${labels.nameOfRow(row)}</strong> ${rating(row.mcr)}
      <span>${row.mcr_score}</span> ${place ? html`<span class="faint truncate">${place}</span>` : nothing}
      ${updated ? html`<span class="faint">${words.last} <pq-time .at=${updated * 1000}></pq-time></span>` : nothing}
      ${why ? status(toneOfAttention(why), why) : nothing}`;
  }

  render() {
    return html`<div class="fleet-grid">
      <p class="row small grid-readout" role="status">${this.#readout()}</p>
      <div
        class="grid-box"
        role="application"
        aria-label=${words.label(this.rows.length)}
        aria-describedby="grid-keys"
        tabindex="0"
        data-rows
        @keydown=${this.#keydown}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointerleave=${() => (this.drag = undefined)}
      >
        <div class="layers"><canvas></canvas><canvas></canvas></div>
      </div>
      <div class="row small faint grid-legend" id="grid-keys">
        <span><i data-tone="good"></i> AAA to A</span> <span><i data-tone="warn"></i> BBB to B</span>
        <span><i></i> ${words.unrated}</span> <span><i data-mark="hatch"></i> ${words.quiet}</span>
        <span><i data-mark="corner"></i> ${words.attention}</span> <span class="wide">${words.keys}</span>
      </div>
    </div>`;
  }
}
define('pq-fleet-grid', FleetGrid);
