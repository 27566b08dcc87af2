// A file of records on its way to the chain: what it holds, what is wrong with it, what became of each line. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { isJson, tableOf } from './sheet_columns.mjs';

// Steps of an activation of many machines.
const stages = {
  funded: ({ done, of }) => `Topped up ${done} of ${of} machines`,
  registered: ({ done, of }) => `Registered ${done} of ${of} machines`,
  minted: ({ done, of }) => `Minted ${done} of ${of} NFTs`,
  described: ({ done, of }) => `Wrote ${done} of ${of} DIDs`,
};

const nothing = () => ({
  ...{ state: 'empty', verdicts: new Map(), summary: undefined, error: undefined, file: undefined },
  ...{ table: undefined, mapping: undefined, stage: undefined, fees: 0n },
});

export class RecordFile extends EventTarget {
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
  /** What the core does now, in words, where it says so. */
  stage;
  /** Fees of the transactions that were mined, in wei. */
  fees = 0n;
  /** Members of the core's request beside the file. */
  options = {};
  #call;
  #ask;
  #kind;

  /**
   * `call(operation, request, options)` calls the core, `ask(question)` the person. `kind` is {columns: SheetColumns,
   * operation, file: its name for the core without an ending, line: the name of Progress about a line, budget(ask) as
   * feeBudget()}.
   */
  constructor(call, ask, kind) {
    super();
    this.#call = call;
    this.#ask = ask;
    this.#kind = kind;
  }

  get columns() {
    return this.#kind.columns;
  }

  clear() {
    this.#set(nothing());
  }

  async load(file) {
    this.clear();
    try {
      const table = isJson(file) ? undefined : tableOf(file);
      const mapping = table && this.columns.guess(table.heading);
      this.#set({ file, table, mapping, state: 'mapping' });
    } catch (error) {
      const hint = 'Save it as CSV in UTF-8 with a heading line, or as JSON Lines';
      return this.#set({ error: { message: `${file.name} cannot be read: ${error.message}`, hint } });
    }
    if (this.complete) await this.check();
  }

  /** Whether every required column is known. */
  get complete() {
    return !this.mapping || this.columns.missing(this.mapping).length === 0;
  }

  /** Lets a column of the sheet, by its place, stand for one of the core's; -1 for none. */
  map(name, at) {
    const { [name]: _, ...rest } = this.mapping;
    this.#set({ mapping: at < 0 ? rest : { ...rest, [name]: at }, state: 'mapping', verdicts: new Map() });
  }

  #run(request, question) {
    const { operation, file, line } = this.#kind;
    const bytes = this.table ? this.columns.mapped(this.table, this.mapping) : this.file.bytes;
    const path = `${file}.${this.table ? 'csv' : 'jsonl'}`;
    const progress = (fact) => {
      if (fact.name === 'transaction' && fact.state === 'mined') this.fees += BigInt(fact.fee_wei ?? 0);
      if (fact.name === 'fleet') this.stage = stages[fact.state]?.(fact) ?? this.stage;
      if (fact.name === line) this.verdicts.set(fact.line, { ...fact, status: fact.state });
      this.#say();
    };
    const given = { ...this.options, ...request };
    return this.#call(operation, { file: path, ...given }, { inputs: { [path]: bytes }, progress, question });
  }

  /** What the console itself knows of a row of the table, by the names of columns; line 2 is the first. */
  cellsOf(line) {
    const row = this.table?.rows[line - 2] ?? [];
    return Object.fromEntries(Object.entries(this.mapping ?? {}).map(([name, at]) => [name, row[at] ?? '']));
  }

  /** Sets members of the request; what was checked is to be checked again. */
  choose(options) {
    this.options = { ...this.options, ...options };
    this.#set(this.state === 'empty' ? {} : { state: 'mapping', verdicts: new Map(), summary: undefined });
  }

  async check() {
    this.#set({ state: 'checking', verdicts: new Map(), error: undefined });
    try {
      const summary = await this.#run({ check: true }, this.#ask);
      this.#set({ summary, state: 'checked' });
    } catch (error) {
      this.#set({ error, state: 'mapping' });
    }
  }

  /** Sends what is good and not on the chain yet, after one approval. */
  async send() {
    const { verdicts: before, summary: checked } = this;
    this.#set({ state: 'sending', verdicts: new Map(), error: undefined, stage: undefined, fees: 0n });
    const budget = this.#kind.budget(this.#ask);
    try {
      const summary = await this.#run({}, budget.answer);
      this.#set({ summary, error: summary.stopped ?? undefined, state: 'sent' });
    } catch (error) {
      if (error.code === 'DECLINED') return this.#set({ state: 'checked', verdicts: before, summary: checked });
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
