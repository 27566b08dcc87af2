// A file of records: dropped, its columns mapped, checked, sent with one approval, its results saved.
// SPDX-License-Identifier: Apache-2.0
import { count } from '../format/amount.mjs';
import { icon } from '../parts/icon.mjs';
import '../parts/drop_zone.mjs';
import { failure, notice, status } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { saveFile } from '../parts/save_file.mjs';
import '../parts/table.mjs';
import '../parts/value.mjs';
import { csv } from '../rooms/fleet/export.mjs';

const states = {
  confirmed: ['good', 'Confirmed'],
  pending: ['busy', 'Pending'],
  rejected: ['bad', 'Refused'],
  invalid: ['bad', 'Invalid'],
  duplicate: ['warn', 'Duplicate'],
};

/** "2 invalid lines, 1 repeated line". */
export const leftOut = ({ invalid, duplicates, rejected = 0 }) =>
  [
    [invalid, 'invalid'],
    [duplicates, 'repeated'],
    [rejected, 'refused'],
  ]
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word} ${number === 1 ? 'line' : 'lines'}`)
    .join(', ');

export const lineColumn = {
  name: 'line',
  label: 'Line',
  number: true,
  sort: (row) => row.line,
  cell: (row) => count(row.line),
};
export const stateColumn = {
  name: 'state',
  label: 'State',
  sort: (row) => row.status,
  cell: (row) => status(...states[row.status]),
};
export const reasonColumn = {
  name: 'reason',
  label: 'Reason',
  cell: (row) => html`<span title=${row.reason ?? ''}>${row.reason ?? ''}</span>`,
};
export const hashColumn = {
  name: 'hash',
  label: 'Transaction',
  cell: (row) => (row.tx_hash ? html`<pq-value .text=${row.tx_hash} label="transaction"></pq-value>` : nothing),
};

/**
 * The base of elements that show a RecordFile. One has `file`; `words`, {name (of its input), label, hint, saved (the
 * name of the results' file), table}; `columns` of the table of verdicts; `resultOf(verdict)`, a row of the results;
 * and the sentences `found(summary)`, `submitWords(summary)`, `ended(summary)`; it may have `choices()`, controls
 * beside the columns.
 */
export class RecordFileView extends Part {
  constructor(file) {
    super();
    this.file = file;
    this.watch(file);
  }

  choices() {
    return nothing;
  }

  #save = () => {
    const rows = [...this.file.verdicts.values()].map((verdict) => this.resultOf(verdict));
    saveFile(this.words.saved, 'text/csv', csv(rows));
  };

  #mapping() {
    const { table, mapping, columns } = this.file;
    if (!table || !mapping) return nothing;
    const lacking = columns.missing(mapping);
    return html`<details ?open=${this.file.state === 'mapping'}>
      <summary>Columns</summary>
      <div class="stack mapping">
        ${columns.all.map(
          ({ name, label, required }) =>
            html`<div class="field">
              <label for="${this.words.name}-column-${name}"
                >${label}${required ? '' : html` <span class="faint">optional</span>`}</label
              >
              <select
                class="input"
                id="${this.words.name}-column-${name}"
                aria-invalid=${String(Boolean(required && !(name in mapping)))}
                @change=${(event) => this.file.map(name, Number(event.target.value))}
              >
                <option value="-1" ?selected=${!(name in mapping)}>Not in this file</option>
                ${table.heading.map(
                  (own, at) =>
                    html`<option value=${at} ?selected=${mapping[name] === at}>${own || `Column ${at + 1}`}</option>`,
                )}
              </select>
            </div>`,
        )}
        ${this.choices()}
        <button type="button" class="button" ?disabled=${lacking.length > 0} @click=${() => this.file.check()}>
          Check the file
        </button>
      </div>
    </details>`;
  }

  #checked() {
    const { summary } = this.file;
    const out = leftOut(summary);
    const submit = this.submitWords(summary);
    return html`${notice(out ? 'warn' : 'good', html`${this.found(summary)} ${out ? `${out}: left out.` : nothing}`)}
      <button type="button" class="button primary" ?disabled=${!submit.number} @click=${() => this.send()}>
        ${submit.text}
      </button>`;
  }

  send() {
    return this.file.send();
  }

  #sending() {
    const { verdicts, summary } = this.file;
    const of = summary?.lines ?? 0;
    return html`<p role="status"><span class="spinner"></span> ${this.progress(count(verdicts.size), count(of))}</p>
      <progress max=${of} value=${verdicts.size} aria-label="Lines done"></progress>`;
  }

  #sent() {
    const { summary, error } = this.file;
    const left = error || (summary && summary.pending + summary.rejected > 0);
    return html`${summary && !error ? notice(left ? 'warn' : 'good', this.ended(summary)) : nothing}
      <div class="row">
        ${left ? html`<button type="button" class="button primary" @click=${() => this.send()}>${this.words.rest}</button>` : nothing}
        <button type="button" class="button" @click=${this.#save}>${icon('download')} Results as CSV</button>
        <button type="button" class="button" @click=${() => this.file.clear()}>Another file</button>
      </div>`;
  }

  // JSON Lines have no columns to map, but the same choices.
  #withoutTable() {
    const { file, table, state } = this.file;
    if (!file || table || state !== 'mapping') return nothing;
    return html`<div class="stack">
      ${this.choices()}
      <button type="button" class="button" @click=${() => this.file.check()}>Check the file</button>
    </div>`;
  }

  #step() {
    const { state } = this.file;
    if (state === 'checking') return html`<p role="status"><span class="spinner"></span> Checking every line</p>`;
    if (state === 'checked') return this.#checked();
    if (state === 'sending') return this.#sending();
    return state === 'sent' ? this.#sent() : nothing;
  }

  render() {
    const { file, error, state, verdicts } = this.file;
    const busy = state === 'checking' || state === 'sending';
    return html`<div class="stack">
      <pq-drop
        label=${this.words.label}
        hint=${this.words.hint}
        name=${this.words.name}
        .file=${file}
        ?inert=${busy}
        @change=${({ detail }) => (detail ? this.file.load(detail) : this.file.clear())}
      ></pq-drop>
      ${error ? failure(error, { money: state === 'sent' ? this.words.safe : undefined }) : nothing}
      ${busy ? nothing : this.#mapping()} ${this.#withoutTable()} ${this.#step()}
      ${
        verdicts.size > 0
          ? html`<pq-table
              label="What became of the lines"
              height="24rem"
              .columns=${this.columns}
              .rows=${[...verdicts.values()]}
              .key=${(row) => row.line}
            ></pq-table>`
          : nothing
      }
    </div>`;
  }
}
