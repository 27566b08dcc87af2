// What the user calls a machine: shown at its head, edited in place.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { session } from '../../core/session.mjs';
import { icon } from '../../parts/icon.mjs';
import { chip, failure, field, sendButton } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';

const fields = [
  ['alias', 'Name', 'Shown in this console instead of its own name'],
  ['place', 'Place', 'Such as “Yard 7, Oslo”; coordinates after it, “(59.91, 10.75)”, put it on the map'],
  ['tags', 'Tags', 'Separated by commas; tag:north finds them in the fleet'],
  ['note', 'Note', undefined],
];

/** <pq-machine-label .machine=${{ did, machine_id, name }}>: its name as a heading, place, tags, note, and their
 * editor; `page` when it is the page's heading. */
export class MachineLabel extends Part {
  static properties = {
    machine: { attribute: false },
    page: { type: Boolean },
    editing: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.watch(labels);
  }

  willUpdate(changed) {
    if (changed.has('machine') && changed.get('machine')?.did !== this.machine.did) this.editing = false;
  }

  async #edit() {
    this.editing = true;
    await this.updateComplete;
    this.querySelector('#label-alias').focus();
  }

  async #save(event) {
    event.preventDefault();
    this.busy = true;
    this.error = undefined;
    try {
      await labels.change([[this.machine.did, Object.fromEntries(new FormData(event.target))]]);
      await this.#close();
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  async #close() {
    this.editing = false;
    await this.updateComplete;
    this.querySelector('header .button')?.focus();
  }

  #form() {
    const label = labels.of(this.machine.did);
    return html`<form
      class="card"
      @submit=${this.#save}
      @keydown=${(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        this.#close();
      }}
    >
      ${fields.map(([name, title, hint]) =>
        field({
          id: `label-${name}`,
          label: title,
          hint,
          control: ({ id, describedby }) =>
            html`<input
              class="input"
              id=${id}
              name=${name}
              maxlength=${name === 'note' ? 500 : 120}
              autocomplete="off"
              aria-describedby=${describedby}
              .value=${name === 'tags' ? (label.tags ?? []).join(', ') : (label[name] ?? '')}
            />`,
        }),
      )}
      ${this.error ? failure(this.error) : nothing}
      <div class="row">
        ${sendButton('Save', { busy: this.busy })}
        <button type="button" class="button quiet" @click=${() => this.#close()}>Cancel</button>
        <span class="faint small">Kept in this vault, not published.</span>
      </div>
    </form>`;
  }

  render() {
    const { machine } = this;
    const { place, tags = [], note } = labels.of(machine.did);
    return html`<div class="stack tight machine-label">
      <header class="row tight nowrap">
        ${this.page ? html`<h1 class="truncate">${labels.nameOf(machine)}</h1>` : html`<h2 class="truncate">${labels.nameOf(machine)}</h2>`}
        ${
          session.state === 'open' && !this.editing
            ? html`<button
                type="button"
                class="button quiet icon little"
                aria-label="Edit name, place and tags"
                title="Edit name, place and tags"
                @click=${() => this.#edit()}
              >
                ${icon('pen', 14)}
              </button>`
            : nothing
        }
      </header>
      ${
        this.editing
          ? this.#form()
          : place || tags.length > 0 || note
            ? html`<div class="row tight small">
                ${place ? html`<span class="soft">${place}</span>` : nothing} ${tags.map((tag) => chip(tag))}
                ${note ? html`<span class="faint">${note}</span>` : nothing}
              </div>`
            : nothing
      }
    </div>`;
  }
}
define('pq-machine-label', MachineLabel);
