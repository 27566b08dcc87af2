// A file of events: dropped, its columns mapped, checked, sent with one approval, its results saved.
// SPDX-License-Identifier: Apache-2.0
import { coins, count } from '../../../format/amount.mjs';
import { icon } from '../../../parts/icon.mjs';
import '../../../parts/drop_zone.mjs';
import { failure, notice, status } from '../../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../../parts/part.mjs';
import { saveFile } from '../../../parts/save_file.mjs';
import '../../../parts/table.mjs';
import '../../../parts/value.mjs';
import { csv } from '../../fleet/export.mjs';
import { columns, missing } from './columns.mjs';
import { eventFile } from './current_file.mjs';
import { revenueWords } from './revenue_words.mjs';

const states = {
  confirmed: ['good', 'Confirmed'],
  pending: ['busy', 'Pending'],
  rejected: ['bad', 'Refused'],
  invalid: ['bad', 'Invalid'],
  duplicate: ['warn', 'Duplicate'],
};

const events = (number) => `${count(number)} ${Number(number) === 1 ? 'event' : 'events'}`;

const leftOut = ({ invalid, duplicates }) =>
  [
    [invalid, 'invalid'],
    [duplicates, 'repeated'],
  ]
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word} ${number === 1 ? 'line' : 'lines'}`);

const verdictColumns = [
  { name: 'line', label: 'Line', number: true, sort: (row) => row.line, cell: (row) => count(row.line) },
  { name: 'state', label: 'State', sort: (row) => row.status, cell: (row) => status(...states[row.status]) },
  { name: 'id', label: 'ID', sort: (row) => row.id ?? '', cell: (row) => row.id ?? '' },
  { name: 'reason', label: 'Reason', cell: (row) => html`<span title=${row.reason ?? ''}>${row.reason ?? ''}</span>` },
  {
    name: 'hash',
    label: 'Transaction',
    cell: (row) => (row.tx_hash ? html`<pq-value .text=${row.tx_hash} label="transaction"></pq-value>` : nothing),
  },
];

export class EventFileView extends Part {
  constructor() {
    super();
    this.watch(eventFile);
  }

  #save = () => {
    const rows = [...eventFile.verdicts.values()].map(({ line, id, status, tx_hash, block, index, reason }) => ({
      ...{ line, id, status, tx_hash, block, index, reason },
    }));
    saveFile('events-results.csv', 'text/csv', csv(rows));
  };

  #mapping() {
    const { table, mapping } = eventFile;
    if (!table || !mapping) return nothing;
    const lacking = missing(mapping);
    return html`<details ?open=${eventFile.state === 'mapping'}>
      <summary>Columns</summary>
      <div class="stack mapping">
        ${columns.map(
          ({ name, label, required }) =>
            html`<div class="field">
              <label for="column-${name}">${label}${required ? '' : html` <span class="faint">optional</span>`}</label>
              <select
                class="input"
                id="column-${name}"
                aria-invalid=${String(Boolean(required && !(name in mapping)))}
                @change=${(event) => eventFile.map(name, Number(event.target.value))}
              >
                <option value="-1" ?selected=${!(name in mapping)}>Not in this file</option>
                ${table.heading.map(
                  (own, at) =>
                    html`<option value=${at} ?selected=${mapping[name] === at}>${own || `Column ${at + 1}`}</option>`,
                )}
              </select>
            </div>`,
        )}
        <button type="button" class="button" ?disabled=${lacking.length > 0} @click=${() => eventFile.check()}>
          Check the file
        </button>
      </div>
    </details>`;
  }

  #checked() {
    const { summary } = eventFile;
    const bad = summary.invalid + summary.duplicates;
    const revenue = revenueWords(summary.revenue);
    return html`${notice(
        bad > 0 ? 'warn' : 'good',
        html`${events(summary.submitted)} of ${count(summary.machines)}
        ${summary.machines === 1 ? 'machine' : 'machines'}${revenue ? html`, ${revenue}` : nothing}.
        ${bad > 0 ? `${leftOut(summary).join(', ')}: left out.` : nothing}`,
      )}
      <button
        type="button"
        class="button primary"
        ?disabled=${summary.submitted === 0}
        @click=${() => eventFile.send()}
      >
        Submit ${events(summary.submitted)}
      </button>`;
  }

  #sending() {
    const { verdicts, fees, summary } = eventFile;
    const of = summary?.lines ?? 0;
    return html`<p role="status">
        <span class="spinner"></span> ${count(verdicts.size)} of ${count(of)} lines done, fees so far ${coins(fees)}
      </p>
      <progress max=${of} value=${verdicts.size} aria-label="Lines done"></progress>`;
  }

  #sent() {
    const { summary, error } = eventFile;
    const left = error || (summary && summary.pending + summary.rejected > 0);
    return html`${
        summary && !error
          ? notice(
              left ? 'warn' : 'good',
              `${events(summary.submitted)} recorded on the chain${summary.earlier > 0 ? `, ${count(summary.earlier)} were there already` : ''}. ${count(summary.rejected)} refused, ${count(summary.invalid)} invalid, ${count(summary.duplicates)} duplicates, ${count(summary.pending)} pending. Fees ${coins(summary.feesWei, summary.currency)}.`,
            )
          : nothing
      }
      <div class="row">
        ${left ? html`<button type="button" class="button primary" @click=${() => eventFile.send()}>Submit the rest</button>` : nothing}
        <button type="button" class="button" @click=${this.#save}>${icon('download')} Results as CSV</button>
        <button type="button" class="button" @click=${() => eventFile.clear()}>Another file</button>
      </div>`;
  }

  #step() {
    const { state } = eventFile;
    if (state === 'checking') return html`<p role="status"><span class="spinner"></span> Checking every line</p>`;
    if (state === 'checked') return this.#checked();
    if (state === 'sending') return this.#sending();
    return state === 'sent' ? this.#sent() : nothing;
  }

  render() {
    const { file, error, state, verdicts } = eventFile;
    const busy = state === 'checking' || state === 'sending';
    return html`<div class="stack">
      <pq-drop
        label="A file of events"
        hint="CSV with a heading line, or JSON Lines"
        name="events"
        .file=${file}
        ?inert=${busy}
        @change=${({ detail }) => (detail ? eventFile.load(detail) : eventFile.clear())}
      ></pq-drop>
      ${error ? failure(error, { money: state === 'sent' ? 'What is confirmed below is on the chain; submitting the rest sends nothing twice.' : undefined }) : nothing}
      ${busy ? nothing : this.#mapping()} ${this.#step()}
      ${
        verdicts.size > 0
          ? html`<pq-table
              label="What became of the lines"
              height="24rem"
              .columns=${verdictColumns}
              .rows=${[...verdicts.values()]}
              .key=${(row) => row.line}
            ></pq-table>`
          : nothing
      }
    </div>`;
  }
}
define('pq-event-file', EventFileView);
