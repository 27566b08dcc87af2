// A table that draws only the rows in view, so that ten thousand scroll as smoothly as ten.
// SPDX-License-Identifier: Apache-2.0
import { repeat } from 'lit/directives/repeat.js';
import { density } from '../core/density.mjs';
import { icon } from './icon.mjs';
import { define, html, nothing, Part } from './part.mjs';
import { styled } from './styled.mjs';

const step = 4; // rows that a scroll passes before others are drawn
const spare = 6; // rows drawn beyond what is seen
const leastOfTheRest = 9.5; // rem, of the column without a width

/**
 * <pq-table .columns=${[{ name, label, cell: (row) => template, number: true, sort: (row) => key }]} .rows=${rows}
 *   .key=${(row) => row.did} label="Machines" .selected=${key} @open=${(event) => event.detail}>
 * `view` tells which rows are drawn. The element itself scrolls when its height is limited by `height` (a CSS length).
 * Sorting is the table's own; `order`, { name, descending }, is what it begins with, and `order` events tell the next. Columns with a `width` (rem) keep it, whatever the rows in view have: one of them may go
 * without and takes the rest. `tall` is the height of a row in pixels where it is another one than usual; `bare` leaves
 * the headings to screen readers. `late`: what a column sorts by may come after the rows.
 */
export class Table extends Part {
  static properties = {
    columns: { attribute: false },
    rows: { attribute: false },
    key: { attribute: false },
    label: {},
    selected: { attribute: false },
    opens: { type: Boolean },
    height: {},
    tall: { type: Number },
    bare: { type: Boolean },
    order: { attribute: false },
    first: { state: true },
    drawn: { state: true },
  };

  constructor() {
    super();
    this.columns = [];
    this.rows = [];
    this.key = (row) => row;
    this.order = {};
    this.first = 0;
    this.drawn = 40;
    this.current = 0;
    this.watch(density);
    this.resized = new ResizeObserver(() => this.#look());
  }

  get rowHeight() {
    return this.tall ?? density.rowHeight;
  }

  firstUpdated() {
    this.resized.observe(this.querySelector('.table-scroll'));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  willUpdate(changed) {
    const column = this.columns.find(({ name }) => name === this.order.name);
    if (!changed.has('rows') && !changed.has('order') && !column?.late) return;
    this.sorted = column ? inOrder(this.rows, column.sort, this.order.descending) : this.rows;
    this.current = Math.min(this.current, Math.max(0, this.sorted.length - 1));
  }

  updated() {
    const seen = this.sorted.slice(this.first, this.first + this.drawn);
    if (seen.length === this.seen?.length && seen.every((row, at) => row === this.seen[at])) return;
    this.seen = seen;
    this.dispatchEvent(new CustomEvent('view', { detail: seen }));
  }

  // Which rows are in view.
  #look() {
    const box = this.querySelector('.table-scroll');
    if (!box) return;
    const inSteps = (pixels) => Math.floor(pixels / this.rowHeight / step) * step;
    this.first = Math.max(0, inSteps(box.scrollTop) - spare);
    this.drawn = inSteps(box.clientHeight) + 2 * step + 2 * spare;
  }

  #sort(name) {
    const same = this.order.name === name;
    this.order = same && this.order.descending ? {} : { name, descending: same };
    this.dispatchEvent(new CustomEvent('order', { detail: this.order }));
  }

  #open(row) {
    if (this.opens) this.dispatchEvent(new CustomEvent('open', { detail: row }));
  }

  async #keydown(event) {
    const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.target.tagName !== 'TR') return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#open(this.sorted[this.current]);
    } else if (event.key === 'x') {
      event.target.querySelector('input[type=checkbox]')?.click();
    } else if (event.key in moves) {
      event.preventDefault();
      this.current = Math.max(0, Math.min(this.sorted.length - 1, this.current + moves[event.key]));
      this.#reveal();
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector(`tr[data-index="${this.current}"]`)?.focus();
    }
  }

  #reveal() {
    const box = this.querySelector('.table-scroll');
    const top = this.current * this.rowHeight;
    const seen = box.clientHeight - 2 * this.rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + seen) box.scrollTop = top - seen;
    this.#look();
  }

  render() {
    const rows = this.sorted ?? this.rows;
    const first = Math.min(this.first, rows.length);
    const last = Math.min(first + this.drawn, rows.length);
    // Elements of rows that leave become those of rows that come; the others stay as they are.
    const place = (row, at) => (first + at) % this.drawn;
    const gap = (count) =>
      count > 0
        ? html`<tr class="gap" aria-hidden="true">
            <td colspan=${this.columns.length} ${styled({ height: `${count * this.rowHeight}px` })}></td>
          </tr>`
        : nothing;
    return html`<div
      class="table-scroll"
      role="region"
      aria-label=${this.label}
      tabindex=${this.opens ? -1 : 0}
      ${styled({ 'max-height': this.height ?? 'none', '--row': `${this.rowHeight}px` })}
      @scroll=${this.#look}
    >
      <table
        class="table"
        ?data-fixed=${this.#widths() > 0}
        ${styled({ 'min-width': `${this.#widths()}rem` })}
        aria-label=${this.label}
        aria-rowcount=${rows.length + 1}
        @keydown=${this.#keydown}
      >
        <colgroup>
          ${this.columns.map(({ width }) => html`<col ${styled({ width: width ? `${width}rem` : 'auto' })} />`)}
        </colgroup>
        <thead class=${this.bare ? 'unseen' : ''}>
          <tr>
            ${this.columns.map((column) => this.#heading(column))}
          </tr>
        </thead>
        <tbody>
          ${gap(first)} ${repeat(rows.slice(first, last), place, (row, at) => this.#row(row, first + at))}
          ${gap(rows.length - last)}
        </tbody>
      </table>
    </div>`;
  }

  // The least width of the whole, in rem; 0 when the cells decide.
  #widths() {
    if (!this.columns.some(({ width }) => width)) return 0;
    return this.columns.reduce((sum, { width }) => sum + (width ?? leastOfTheRest), 0);
  }

  #heading({ name, label, number, sort }) {
    const sorted = this.order.name === name;
    const direction = this.order.descending ? 'descending' : 'ascending';
    return html`<th scope="col" class=${number ? 'number' : ''} aria-sort=${sorted ? direction : nothing}>
      ${
        sort
          ? html`<button type="button" @click=${() => this.#sort(name)}>
              ${label} ${sorted ? icon(this.order.descending ? 'down' : 'up', 12) : nothing}
            </button>`
          : label
      }
    </th>`;
  }

  #row(row, index) {
    return html`<tr
      data-index=${index}
      aria-rowindex=${index + 2}
      tabindex=${this.opens ? (index === this.current ? 0 : -1) : nothing}
      aria-selected=${this.opens ? String(this.key(row) === this.selected) : nothing}
      @focus=${() => (this.current = index)}
      @click=${() => this.#open(row)}
    >
      ${this.columns.map(({ cell, number }) => html`<td class=${number ? 'number' : ''}>${cell(row, index)}</td>`)}
    </tr>`;
  }
}
define('pq-table', Table);

// Equal rows keep their order in both directions.
function inOrder(rows, keyOf, descending) {
  const sign = descending ? -1 : 1;
  const compare = (a, b) =>
    a === b ? 0 : a === null || a === undefined ? 1 : b === null || b === undefined ? -1 : a < b ? -sign : sign;
  return rows
    .map((row) => [keyOf(row), row])
    .sort(([a], [b]) => compare(a, b))
    .map(([, row]) => row);
}
