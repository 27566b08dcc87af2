// Settings: the two files that a folder of the command has, `.env` and peaqos.log; they leave and come byte for byte.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { settings } from '../../core/settings.mjs';
import { icon } from '../../parts/icon.mjs';
import { chooseFile } from '../../parts/choose_file.mjs';
import { actOn, failure, notice } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { saveFile } from '../../parts/save_file.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import { terms } from '../../words/terms.mjs';

const sizes = new Intl.NumberFormat('en', { style: 'unit', unit: 'byte', unitDisplay: 'long' });
const largest = 1024 * 1024; // as the core reads it

async function confirmReplacing(name) {
  return openSheet({
    title: 'Replace .env?',
    content: ({ close }) =>
      html`<p>The settings of the console, its keys among them, become those of <strong>${name}</strong>.</p>
        <p class="soft">Wallets stay. Export the present file first when you may want it back.</p>
        <div class="actions">
          <button type="button" class="button danger" @click=${() => close(true)}>Replace</button>
          <button type="button" class="button quiet" @click=${() => close()}>${terms.cancel}</button>
        </div>`,
  });
}

export class Files extends Part {
  static properties = { lengths: { state: true }, error: { state: true }, said: { state: true } };

  constructor() {
    super();
    this.lengths = {};
    this.watch(settings);
    this.onChange = () => this.#look();
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', this.onChange);
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    session.removeEventListener('change', this.onChange);
  }

  async #look() {
    if (session.state !== 'open' && session.state !== 'visiting') return;
    const [env, log] = await Promise.all(['.env', 'peaqos.log'].map((path) => session.readFile(path)));
    this.lengths = { '.env': env?.length, 'peaqos.log': log?.length };
  }

  async #import() {
    this.error = this.said = undefined;
    const file = await chooseFile();
    if (!file) return;
    if (file.bytes.length > largest) {
      this.error = { message: `${file.name} is larger than 1 MiB`, hint: 'Choose a file of settings' };
      return;
    }
    if (this.lengths['.env'] && !(await confirmReplacing(file.name))) return;
    await session.writeFile('.env', file.bytes);
    await settings.refresh();
    network.refresh();
    this.said = `${file.name} was imported, ${sizes.format(file.bytes.length)}.`;
  }

  async #export(path) {
    saveFile(path, 'application/octet-stream', await session.readFile(path));
  }

  #file(path, about, more) {
    const length = this.lengths[path];
    return html`<li class="endpoint">
      <div class="stack tight">
        <span class="legend mono">${path}</span>
        <p class="small faint">${about}</p>
      </div>
      <div class="row grow">
        <span class="soft">${length === undefined ? 'Not there yet' : sizes.format(length)}</span>
        <button
          type="button"
          class="button little"
          ?disabled=${length === undefined}
          @click=${() => this.#export(path)}
        >
          ${icon('download', 14)} ${actOn('Export', path)}
        </button>
        ${more ?? nothing}
      </div>
    </li>`;
  }

  render() {
    const bad = settings.badLines;
    return html`<section class="section" aria-labelledby="files">
      <h2 id="files">Files</h2>
      ${this.error ? failure(this.error) : nothing} ${this.said ? notice('good', this.said) : nothing}
      ${settings.problem ? failure(settings.problem) : nothing}
      ${
        bad.length > 0
          ? notice(
              'warn',
              `${bad.length === 1 ? 'Line' : 'Lines'} ${bad.join(', ')} of .env cannot be read and ${bad.length === 1 ? 'is' : 'are'} skipped; they stay in the file.`,
            )
          : nothing
      }
      <ul class="stack">
        ${this.#file(
          '.env',
          'Settings and keys of this console',
          html`<button type="button" class="button little" @click=${this.#import}>
            ${icon('upload', 14)} ${actOn('Import', '.env')}
          </button>`,
        )}
        ${this.#file('peaqos.log', terms.journal)}
      </ul>
      <p class="small faint">Exports are not encrypted: keep them as you would keep a key.</p>
    </section>`;
  }
}
define('pq-settings-files', Files);
