// A file of events.
// SPDX-License-Identifier: Apache-2.0
import { hashColumn, lineColumn, reasonColumn, RecordFileView, stateColumn } from '../../../files/record_file_view.mjs';
import { coins, count } from '../../../format/amount.mjs';
import { define, html, nothing } from '../../../parts/part.mjs';
import { eventFile } from './current_file.mjs';
import { revenueWords } from './revenue_words.mjs';

const events = (number) => `${count(number)} ${Number(number) === 1 ? 'event' : 'events'}`;

export class EventFileView extends RecordFileView {
  words = {
    name: 'events',
    label: 'A file of events',
    hint: 'CSV with a heading line, or JSON Lines',
    saved: 'events-results.csv',
    rest: 'Submit the rest',
    safe: 'What is confirmed below is on the chain; submitting the rest sends nothing twice.',
  };

  columns = [
    lineColumn,
    stateColumn,
    { name: 'id', label: 'ID', sort: (row) => row.id ?? '', cell: (row) => row.id ?? '' },
    reasonColumn,
    hashColumn,
  ];

  constructor() {
    super(eventFile);
  }

  resultOf({ line, id, status, tx_hash, block, index, reason }) {
    return { line, id, status, tx_hash, block, index, reason };
  }

  found({ submitted, machines, revenue }) {
    const earned = revenueWords(revenue);
    return html`${events(submitted)} of ${count(machines)}
    ${machines === 1 ? 'machine' : 'machines'}${earned ? html`, ${earned}` : nothing}.`;
  }

  submitWords({ submitted }) {
    return { number: submitted, text: `Submit ${events(submitted)}` };
  }

  progress(done, all) {
    return `${done} of ${all} lines done, fees so far ${coins(eventFile.fees)}`;
  }

  ended({ submitted, earlier, rejected, invalid, duplicates, pending, feesWei, currency }) {
    return `${events(submitted)} recorded on the chain${earlier > 0 ? `, ${count(earlier)} were there already` : ''}. ${count(rejected)} refused, ${count(invalid)} invalid, ${count(duplicates)} duplicates, ${count(pending)} pending. Fees ${coins(feesWei, currency)}.`;
  }
}
define('pq-event-file', EventFileView);
