// What charts on a canvas have in common: they are drawn by a module that is loaded when one is first drawn, follow their
// width and the theme, and have a crosshair for mouse and keyboard.
// SPDX-License-Identifier: Apache-2.0
import { failure } from './parts.mjs';
import { html, nothing, Part } from './part.mjs';

const dark = matchMedia('(prefers-color-scheme: dark)');
const unloaded = { message: 'the chart could not be loaded', hint: 'Check the connection' };

/**
 * A chart has `drawnBy`, names of properties that its series depend on; `series`, with `times`; and `load()`, which
 * resolves to {plot(element, series, {width, onMove})}: that draws, and returns { set(series), move(index), size(width),
 * destroy() }. Its template has `this.box(label)`. `at` is the index under the crosshair, or null.
 */
export class Chart extends Part {
  static properties = { at: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.resized = new ResizeObserver(
      ([{ contentRect }]) => contentRect.width > 0 && this.drawn?.size(contentRect.width),
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

  updated(changed) {
    if (!this.drawn) this.#redraw();
    else if (this.drawnBy.some((name) => changed.has(name))) this.drawn.set(this.series);
  }

  async #redraw() {
    this.drawing ??= this.load();
    try {
      const { plot } = await this.drawing;
      const box = this.querySelector('.plot');
      if (!this.isConnected || !box) return;
      this.drawn?.destroy();
      this.drawn = plot(box, this.series, { width: box.clientWidth, onMove: (at) => (this.at = at) });
      this.resized.observe(box);
    } catch {
      this.drawing = undefined;
      this.problem = unloaded;
    }
  }

  #keydown = (event) => {
    const last = this.series.times.length - 1;
    const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity };
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.drawn?.move(Math.max(0, Math.min(last, (this.at ?? last) + moves[event.key])));
  };

  box(label) {
    return html`${this.problem ? failure(this.problem) : nothing}
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${label}
        @keydown=${this.#keydown}
        @blur=${() => this.drawn?.move(null)}
      ></div>`;
  }
}
