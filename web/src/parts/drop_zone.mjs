// A place for one file: dropped, or chosen.
// SPDX-License-Identifier: Apache-2.0
import { icon } from './icon.mjs';
import { define, html, Part } from './part.mjs';

const sizes = new Intl.NumberFormat('en', { style: 'unit', unit: 'byte', unitDisplay: 'long' });

/** <pq-drop label="Raw data" hint="..." name="raw">; `file` is {name, bytes} or undefined. Says `change`. */
export class DropZone extends Part {
  static properties = { label: {}, hint: {}, name: {}, file: { attribute: false }, over: { state: true } };

  async #take(file) {
    this.over = false;
    if (file) this.#set({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }

  #set(file) {
    this.file = file;
    this.dispatchEvent(new CustomEvent('change', { detail: file }));
  }

  clear() {
    this.#set(undefined);
    this.querySelector('input').value = '';
  }

  render() {
    const id = `drop-${this.name}`;
    return html`<div
      class="drop"
      ?data-over=${this.over}
      @dragover=${(event) => {
        event.preventDefault();
        this.over = true;
      }}
      @dragleave=${() => (this.over = false)}
      @drop=${(event) => {
        event.preventDefault();
        this.#take(event.dataTransfer.files[0]);
      }}
    >
      <label class="grow" for=${id}>
        ${icon(this.file ? 'file' : 'upload')}
        <span class="stack tight">
          <span class="title">${this.label}</span>
          <span class="faint small truncate"
            >${this.file ? `${this.file.name}, ${sizes.format(this.file.bytes.length)}` : this.hint}</span
          >
        </span>
      </label>
      <input
        type="file"
        id=${id}
        @change=${(event) => {
          event.stopPropagation();
          this.#take(event.target.files[0]);
        }}
      />
      ${
        this.file
          ? html`<button
              type="button"
              class="button quiet icon little"
              aria-label="Remove ${this.file.name}"
              @click=${this.clear}
            >
              ${icon('cross', 14)}
            </button>`
          : ''
      }
    </div>`;
  }
}
define('pq-drop', DropZone);
