// A file of events on its way to the chain: what it holds, what is wrong with it, what became of each line. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { feeBudget } from './fee_budget.mjs';
import { guess, isJson, mapped, missing, tableOf } from './columns.mjs';

const nothing = { state: 'empty', verdicts: new Map(), summary: undefined, error: undefined, file: undefined };

export class EventFile extends EventTarget {
  /** "empty", "mapping", "checking", "checked", "sending", "sent". */
  state = 'empty';
  /** {name, bytes} as it was chosen. */
  file;
  /** {heading, rows}, and which column stands for which; none for JSON Lines. */
  table;
  mapping;
  /** line -> {line, id, status, tx_hash, reason}. */
  verdicts = new Map();
  /** The core's, of the last check or sending. */
  summary;
  error;
  /** Fees of the transactions that were mined, in wei. */
  fees = 0n;
  #call;
  #ask;

  /** `call(operation, request, options)` calls the core, `ask(question)` the person. */
  constructor(call, ask) {
    super();
    this.#call = call;
    this.#ask = ask;
  }

  clear() {
    this.#set({ ...nothing, table: undefined, mapping: undefined, fees: 0n });
  }

  async load(file) {
    this.clear();
    try {
      const table = isJson(file) ? undefined : tableOf(file);
      const mapping = table && guess(table.heading);
      this.#set({ file, table, mapping, state: 'mapping' });
    } catch (error) {
      const hint = 'Save it as CSV in UTF-8 with a heading line, or as JSON Lines';
      return this.#set({ error: { message: `${file.name} cannot be read: ${error.message}`, hint } });
    }
    if (this.complete) await this.check();
  }

  /** Whether every required column is known. */
  get complete() {
    return !this.mapping || missing(this.mapping).length === 0;
  }

  /** Lets a column of the sheet, by its place, stand for one of the core's; -1 for none. */
  map(name, at) {
    const { [name]: _, ...rest } = this.mapping;
    this.#set({ mapping: at < 0 ? rest : { ...rest, [name]: at }, state: 'mapping', verdicts: new Map() });
  }

  #run(request, question) {
    const bytes = this.table ? mapped(this.table, this.mapping) : this.file.bytes;
    const path = this.table ? 'events.csv' : 'events.jsonl';
    const progress = (fact) => {
      if (fact.name === 'transaction' && fact.state === 'mined') this.fees += BigInt(fact.fee_wei ?? 0);
      if (fact.name === 'event_line') this.verdicts.set(fact.line, { ...fact, status: fact.state });
      this.#say();
    };
    return this.#call('submitEvents', { file: path, ...request }, { inputs: { [path]: bytes }, progress, question });
  }

  async check() {
    this.#set({ state: 'checking', verdicts: new Map(), error: undefined });
    try {
      this.#set({ summary: await this.#run({ check: true }), state: 'checked' });
    } catch (error) {
      this.#set({ error, state: 'mapping' });
    }
  }

  /** Sends what is good and not on the chain yet, after one approval. */
  async send() {
    const before = this.verdicts;
    this.#set({ state: 'sending', verdicts: new Map(), error: undefined, fees: 0n });
    const budget = feeBudget(this.#ask);
    try {
      const summary = await this.#run({}, budget.answer);
      this.#set({ summary, error: summary.stopped ?? undefined, state: 'sent' });
    } catch (error) {
      if (error.code === 'DECLINED') return this.#set({ state: 'checked', verdicts: before });
      this.#set({ error, state: this.verdicts.size > 0 ? 'sent' : 'checked' });
    }
  }

  #set(values) {
    Object.assign(this, values);
    this.#say();
  }

  #say() {
    this.dispatchEvent(new Event('change'));
  }
}
