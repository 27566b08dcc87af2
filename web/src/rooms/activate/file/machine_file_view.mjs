// A file of machines to activate.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../../core/labels.mjs';
import { hashColumn, lineColumn, reasonColumn, RecordFileView, stateColumn } from '../../../files/record_file_view.mjs';
import { coins, count } from '../../../format/amount.mjs';
import { hrefTo } from '../../../frame/router.mjs';
import { field } from '../../../parts/parts.mjs';
import { define, html, nothing } from '../../../parts/part.mjs';
import { store } from '../../../store/store.mjs';
import { machineFile } from './current_file.mjs';

const machines = (number) => `${count(number)} ${Number(number) === 1 ? 'machine' : 'machines'}`;
const isCoins = (text) => /^\d{1,12}(\.\d{1,18})?$/.test(text);

const machineColumn = {
  name: 'machine',
  label: 'Machine',
  cell({ machine_did: did, machine_id: id, line }) {
    const { alias } = machineFile.cellsOf(line);
    const name = alias || (id ? labels.nameOfId(id) : undefined);
    if (did && id) return html`<a href=${hrefTo('fleet', did)}>${name}</a>`;
    return did ? html`${name ?? nothing} <pq-value .text=${did} label="DID"></pq-value>` : (name ?? nothing);
  },
};

export class MachineFileView extends RecordFileView {
  words = {
    name: 'machines',
    label: 'A file of machines',
    hint: 'CSV with a heading line, or JSON Lines: URLs, and the wallet and number of each machine’s key',
    saved: 'machines-results.csv',
    rest: 'Activate the rest',
    safe: 'What is confirmed below is active; activating the rest does only what is missing, and pays nothing twice.',
  };

  columns = [lineColumn, stateColumn, machineColumn, reasonColumn, hashColumn];

  constructor() {
    super(machineFile);
  }

  choices() {
    const { gasPerMachine } = machineFile.options;
    return field({
      id: 'machines-gas',
      label: 'Bring each machine’s account up to (PEAQ)',
      hint: 'A machine pays the fee of its own DID. Left empty, the Gas Station funds it, behind two-factor',
      error: gasPerMachine === undefined || isCoins(gasPerMachine) ? undefined : 'Enter an amount of PEAQ such as 0.1',
      control: ({ id, describedby, invalid }) =>
        html`<input
          class="input"
          id=${id}
          inputmode="decimal"
          autocomplete="off"
          aria-describedby=${describedby}
          aria-invalid=${invalid}
          .value=${gasPerMachine ?? ''}
          @change=${(event) => machineFile.choose({ gasPerMachine: event.target.value.trim() || undefined })}
        />`,
    });
  }

  resultOf({ line, status, machine, machine_id, token_id, machine_did, tx_hash, reason }) {
    return { line, status, machine, machine_id, token_id, machine_did, tx_hash, reason };
  }

  found({ activated, earlier, bondsWei, topUpsWei, feesWei, currency }) {
    const before = earlier > 0 ? ` ${machines(earlier)} active already.` : '';
    if (activated === 0) return `Nothing to activate.${before}`;
    return `${machines(activated)} to activate: bonds ${coins(bondsWei, currency)}, to the machines ${coins(topUpsWei, currency)}, fees about ${coins(feesWei, currency)}.${before}`;
  }

  submitWords({ activated }) {
    return { number: activated, text: `Activate ${machines(activated)}` };
  }

  progress(done, all) {
    return `${machineFile.stage ?? 'Reading the file and the chain'}. ${done} of ${all} lines done, fees so far ${coins(machineFile.fees)}`;
  }

  ended({ activated, earlier, rejected, invalid, duplicates, pending, feesWei, currency }) {
    return `${machines(activated)} activated${earlier > 0 ? `, ${count(earlier)} were active already` : ''}. ${count(rejected)} refused, ${count(invalid)} invalid, ${count(duplicates)} duplicates, ${count(pending)} pending. Fees ${coins(feesWei, currency)}.`;
  }

  async send() {
    await super.send();
    await this.#name();
    store.refresh('fleet');
  }

  // What the file calls them is what they are called here.
  async #name() {
    const active = [...machineFile.verdicts.values()].filter((one) => one.machine_did && one.machine_id);
    labels.learn(active.map(({ machine_did: did, machine_id }) => ({ did, machine_id })));
    const named = active
      .map(({ machine_did: did, line }) => {
        const { alias, place, tags } = machineFile.cellsOf(line);
        return [did, Object.fromEntries(Object.entries({ alias, place, tags }).filter(([, text]) => text))];
      })
      .filter(([, label]) => Object.keys(label).length > 0);
    if (named.length > 0) await labels.change(named);
  }
}
define('pq-machine-file', MachineFileView);
