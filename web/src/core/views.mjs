// The saved views of the fleet, kept in the vault. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { cleanView, readViews, viewOf, withoutView, withView } from '../format/views.mjs';
import { session } from './session.mjs';

const path = 'fleet-views.json'; // a record of the vault

class Views extends EventTarget {
  /** By name, as format/views.mjs describes them; undefined until they were read. */
  all;
  #asked;

  constructor() {
    super();
    session.addEventListener('change', () => this.#follow());
    session.addEventListener('end', () => {
      this.#asked = undefined;
      this.#say(undefined);
    });
    session.addEventListener('file', ({ detail }) => detail.endsWith(`/${path}`) && this.#load());
    this.#follow();
  }

  #follow() {
    if (session.state === 'open' || session.state === 'visiting') this.#asked ??= this.#load();
  }

  async #load() {
    const bytes = await session.readFile(path).catch(() => undefined);
    this.#say(bytes ? readViews(new TextDecoder().decode(bytes)) : []);
  }

  #say(all) {
    this.all = all;
    this.dispatchEvent(new Event('change'));
  }

  of = (name) => viewOf(this.all ?? [], name);

  /** Keeps a view; one of the same name is replaced. Rejects with a sentence. */
  async save(given) {
    const view = cleanView(given);
    if (!view) throw new Error('Enter a name');
    await this.#asked;
    const { views, problem } = withView(this.all, view);
    if (problem) throw new Error(problem);
    await this.#write(views);
    return view;
  }

  async remove(name) {
    await this.#asked;
    await this.#write(withoutView(this.all, name));
  }

  async #write(all) {
    await session.writeFile(path, new TextEncoder().encode(JSON.stringify(all)));
    this.#say(all);
  }
}

export const views = new Views();
