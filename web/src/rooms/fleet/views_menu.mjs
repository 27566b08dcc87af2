// The menu of saved views: choose one, save what is shown as one, remove one.
// SPDX-License-Identifier: Apache-2.0
import { views } from '../../core/views.mjs';
import { showsSame } from '../../format/views.mjs';
import { icon } from '../../parts/icon.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { viewWords as words } from '../../words/fleet.mjs';

/** <pq-fleet-views .shown=${view, without a name} .chosen=${name} @choose=${({ detail: name }) => ...}> */
export class ViewsMenu extends Part {
  static properties = {
    shown: { attribute: false },
    chosen: { attribute: false },
    problem: { state: true },
  };

  constructor() {
    super();
    this.watch(views);
  }

  get #menu() {
    return this.querySelector('details');
  }

  #choose(name) {
    this.#menu.open = false;
    this.dispatchEvent(new CustomEvent('choose', { detail: name }));
  }

  #save = async (event) => {
    event.preventDefault();
    const form = event.target;
    this.problem = undefined;
    try {
      const { name } = await views.save({ ...this.shown, name: new FormData(form).get('view') });
      form.reset();
      this.#choose(name);
    } catch (error) {
      this.problem = error.message;
    }
  };

  async #remove(name) {
    await views.remove(name);
    await this.updateComplete;
    this.querySelector('input[name=view]').focus();
  }

  #row(view) {
    return html`<li class="row apart nowrap">
      <button
        type="button"
        class="button quiet little truncate"
        aria-pressed=${String(view.name === this.chosen)}
        @click=${() => this.#choose(view.name)}
      >
        ${view.name}
      </button>
      <button
        type="button"
        class="button quiet little icon"
        aria-label=${words.remove(view.name)}
        @click=${() => this.#remove(view.name)}
      >
        ${icon('cross', 12)}
      </button>
    </li>`;
  }

  render() {
    const close = () => (this.#menu.open = false);
    const all = views.all ?? [];
    const chosen = views.of(this.chosen);
    const changed = chosen && !showsSame(chosen, this.shown);
    return html`<details
      class="menu"
      @keydown=${(event) => event.key === 'Escape' && close()}
      @focusout=${(event) => event.relatedTarget && !this.contains(event.relatedTarget) && close()}
    >
      <summary class="button little">
        <span class="truncate">${chosen ? `${chosen.name}${changed ? ' (changed)' : ''}` : words.menu}</span>
      </summary>
      <div class="float" role="group" aria-label=${words.menu}>
        ${
          all.length > 0
            ? html`<ul class="stack tight">
                ${all.map((view) => this.#row(view))}
              </ul>`
            : html`<p class="small soft">${words.none}</p>`
        }
        <form class="stack tight" @submit=${this.#save}>
          <input
            class="input"
            name="view"
            maxlength="40"
            autocomplete="off"
            aria-label=${words.name}
            placeholder=${words.name}
            aria-invalid=${this.problem ? 'true' : nothing}
            aria-describedby=${this.problem ? 'view-problem' : nothing}
          />
          ${this.problem ? html`<p class="small status" data-tone="bad" id="view-problem">${this.problem}</p>` : nothing}
          <button class="button little">${words.save}</button>
        </form>
      </div>
    </details>`;
  }
}
define('pq-fleet-views', ViewsMenu);
