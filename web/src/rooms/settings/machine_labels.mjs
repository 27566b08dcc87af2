// Settings: names, places, tags and notes of machines, in and out as a file.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { count } from '../../format/amount.mjs';
import { labelsFromCsv } from '../../format/machine_labels.mjs';
import { chooseFile } from '../../parts/choose_file.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure, notice } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { saveFile } from '../../parts/save_file.mjs';
import { csv } from '../fleet/export.mjs';

const mostProblems = 5;
const machines = (number) => `${count(number)} ${number === 1 ? 'machine' : 'machines'}`;

export class MachineLabels extends Part {
  static properties = { error: { state: true }, outcome: { state: true } };

  constructor() {
    super();
    this.watch(labels);
  }

  async #import() {
    this.error = this.outcome = undefined;
    const file = await chooseFile('.csv,text/csv,text/plain');
    if (!file) return;
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
      const { labels: found, problems } = labelsFromCsv(text, (id) => labels.didOfId(id));
      await labels.change(found);
      this.outcome = { labelled: found.size, problems };
    } catch (error) {
      const hint = 'Save the sheet as CSV in UTF-8, with a heading line';
      this.error = { message: `${file.name} could not be imported: ${error.message}`, hint };
    }
  }

  #export() {
    const rows = labels.all.map(([did, { alias = '', place = '', tags = [], note = '' }]) => ({
      did,
      alias,
      place,
      tags: tags.join(', '),
      note,
    }));
    saveFile('machines.csv', 'text/csv', csv(rows));
  }

  #outcome() {
    if (!this.outcome) return nothing;
    const { labelled, problems } = this.outcome;
    const more = problems.length - mostProblems;
    return notice(
      problems.length > 0 ? 'warn' : 'good',
      html`${machines(labelled)} labelled${problems.length > 0 ? `, ${count(problems.length)} lines skipped:` : '.'}
        <ul>
          ${problems.slice(0, mostProblems).map((problem) => html`<li>${problem}</li>`)}
          ${more > 0 ? html`<li>and ${count(more)} more</li>` : nothing}
        </ul>`,
    );
  }

  render() {
    const known = labels.all.length;
    return html`<section class="section" aria-labelledby="machine-names">
      <h2 id="machine-names">Machine names</h2>
      <div class="endpoint">
        <div class="stack tight">
          <span class="legend">Names, places, tags</span>
          <p class="small faint">Columns did or machine_id, then alias, place, tags, note</p>
        </div>
        <div class="row grow">
          <span class="soft">${known === 0 ? 'None yet' : `${machines(known)} labelled`}</span>
          <button type="button" class="button little" ?disabled=${known === 0} @click=${this.#export}>
            ${icon('download', 14)} Export CSV
          </button>
          <button type="button" class="button little" @click=${this.#import}>${icon('upload', 14)} Import CSV</button>
        </div>
      </div>
      ${this.error ? failure(this.error) : nothing} ${this.#outcome()}
    </section>`;
  }
}
define('pq-settings-machine-labels', MachineLabels);
