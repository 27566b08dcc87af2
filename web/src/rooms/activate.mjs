// Activate: from a key to a registered machine with its NFT and DID, in six steps that can be stopped and resumed.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { coins } from '../format/amount.mjs';
import { hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { confirm } from '../parts/confirm.mjs';
import { actOn, asCommand, empty, failure, field, notice, roomHead, skeleton, status } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import '../parts/secret_input.mjs';
import '../parts/value.mjs';
import { Asked } from './activate/asked.mjs';
import { planned } from './activate/cost.mjs';
import './activate/file/machine_file_view.mjs';
import { machineFile } from './activate/file/current_file.mjs';
import { machineOf } from './activate/result.mjs';
import '../parts/drop_zone.mjs';
import { activateWords as words, wordsOfGeneration } from '../words/activate.mjs';
import { moneyMoved } from '../words/money.mjs';
import { terms } from '../words/terms.mjs';
import { draft, keepDraft } from './activate/draft.mjs';
import { readActivation } from './activate/request.mjs';
import { run } from './activate/run.mjs';
import { isOfActivation, stepOfRow, titles } from './activate/story.mjs';
import { track } from './activate/track.mjs';
import { openSteps, rowsOf } from './events/journal.mjs';
import { probe } from './settings/probe.mjs';

const visibilities = {
  '': 'Keep current (new machines: public)',
  public: 'Public',
  private: 'Private',
  onchain: 'On-chain only',
};
const flags = {
  machineType: '--machine-type',
  credentialSubjectHex: '--credential-subject-hex',
  tier: '--tier',
  docUrl: '--doc-url',
  dataApi: '--data-api',
  visibility: '--visibility',
  machine: '--for',
};
const placeholders = { machineType: 'TYPE', docUrl: 'URL', dataApi: 'URL' };

export default class Activate extends Part {
  static properties = {
    fields: { state: true },
    proxy: { state: true },
    left: { state: true }, // the fields as they were when the user last left one
    open: { state: true },
    problems: { state: true },
    found: { state: true }, // what tests of URLs found
  };

  #plan = new Asked('planActivation', () => this.requestUpdate());
  #terms = new Asked('activationTerms', () => this.#learn());

  constructor() {
    super();
    this.fields = this.left = draft();
    this.proxy = Boolean(this.fields.machine);
    this.problems = {};
    this.found = {};
    this.watch(session);
    this.watch(network);
    this.watch(run);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#lookBack();
  }

  // The first box is ready when a code is asked for, and again when it was refused.
  updated() {
    this.#askCost();
    const asks = run.wantsCode;
    const digits = asks && !this.asked && this.querySelector('pq-digits');
    this.asked = asks;
    if (digits) digits.updateComplete.then(() => digits.clear());
  }

  // What an earlier run, here or on a command line, left under way.
  async #lookBack() {
    const rows = rowsOf(await session.readFile('peaqos.log').catch(() => undefined));
    this.open = openSteps(rows, Object.keys(stepOfRow)).filter(isOfActivation);
  }

  // What the contracts that are in use ask for.
  #learn() {
    const terms = this.#terms.value;
    if (terms) run.prepare(terms.steps);
    this.requestUpdate();
  }

  get #wanted() {
    return this.#terms.value?.fields ?? [];
  }

  #wants(name) {
    return this.#wanted.some((field) => field.name === name);
  }

  get #generation() {
    return this.#terms.value?.deployment.generation ?? 1;
  }

  get #own() {
    return wordsOfGeneration(this.#generation);
  }

  #set(name) {
    return (event) => {
      this.fields = { ...this.fields, [name]: event.target.value };
      this.problems = { ...this.problems, [name]: undefined };
      this.found = { ...this.found, [name]: undefined };
    };
  }

  // Shows problems at their fields; the keyboard goes to the first. Returns whether there are none.
  #show(problems) {
    this.problems = problems;
    const [first] = Object.entries(problems).find(([, problem]) => problem) ?? [];
    if (!first) return true;
    const field = first === 'key' ? 'pq-secret[name=machine-key]' : `#activate-${first}`;
    this.updateComplete.then(() => this.querySelector(field)?.focus());
    return false;
  }

  #start = async (event) => {
    event?.preventDefault();
    if (!this.#terms.value) return this.#terms.again(); // what is to be asked is not known
    const key = this.proxy ? this.querySelector('pq-secret[name=machine-key]')?.value.trim() : undefined;
    const read = readActivation(this.fields, {
      ...{ proxy: this.proxy, key, chainId: network.status?.chainId },
      ...{ wanted: this.#wanted, generation: this.#generation },
    });
    if (!this.#show(read.problems ?? {})) return;
    if (read.warnings.length > 0 && !(await this.#accepts(read.warnings))) return;
    const { alias } = this.fields;
    const fields = { ...this.fields, machine: this.proxy ? this.fields.machine : '' };
    keepDraft({ ...fields, open: true });
    await run.start(read.request);
    const over = run.state === 'done' || run.error?.kind === 'input';
    keepDraft({ ...(run.state === 'done' ? { ...fields, machine: '', alias: '' } : fields), open: !over });
    if (run.state === 'done') await this.#name(machineOf(run.result), alias);
    this.fields = draft();
    this.#lookBack();
  };

  #accepts(warnings) {
    return confirm({
      title: 'Publish this address?',
      text: `${warnings.join(' ')} It is written to the machine’s DID on a public chain.`,
      yes: 'Publish it',
      no: 'Change it',
    });
  }

  async #name({ machineId, did }, alias) {
    labels.learn([{ did, machine_id: machineId }]);
    if (alias.trim()) await labels.change([[did, { alias }]]);
  }

  async #test(name) {
    this.found = { ...this.found, [name]: 'busy' };
    const result = await probe(this.fields[name].trim(), { node: false });
    this.found = { ...this.found, [name]: result };
  }

  render() {
    const { machine, ...others } = this.fields;
    const given = { ...others, ...(this.proxy && { machine: machine || 'ADDRESS' }) };
    const required = this.#wanted.filter((field) => field.required).map(({ name }) => name);
    const line = Object.entries(flags).flatMap(([name, flag]) =>
      given[name]?.trim() || required.includes(name) ? [flag, given[name].trim() || placeholders[name]] : [],
    );
    if (this.fields.didDocument) line.push('--did-document', 'FILE');
    return html`${roomHead('Activate', this.#actions())} ${this.#body()}
    ${asCommand(['activate', ...line, ...(this.proxy ? ['--machine-key', 'FILE'] : [])])}`;
  }

  // The cost for the fields as they were last left; in proxy mode once there is an address.
  #askCost() {
    if (!network.address) return this.#plan.forget();
    this.#terms.ask({}, `${network.address} ${network.signer?.deployment?.id}`);
    if (run.state !== 'idle') return this.#plan.forget();
    const machine = this.left.machine.trim();
    const known = !this.proxy || /^0x[0-9a-f]{40}$/i.test(machine);
    const request = known && this.#priced();
    if (!request) return this.#plan.forget();
    return this.#plan.ask({ ...request, ...(this.proxy && { for: machine }) }, network.address);
  }

  // The fields that the cost depends on, as they were last left; undefined before they are known.
  #priced() {
    const of = (names) =>
      Object.fromEntries(
        names.filter((name) => this.#wants(name)).map((name) => [name, this.left[name].trim() || undefined]),
      );
    if (!this.#terms.value) return undefined;
    if (!this.#wants('machineType')) return { docUrl: '', dataApi: '', ...of(['docUrl', 'dataApi']) };
    const { request } = readActivation({ ...this.left, machine: '' }, { wanted: this.#wanted, generation: 2 });
    return request;
  }

  #actions() {
    if (run.state === 'running') return html`<button class="button danger" @click=${() => run.stop()}>Stop</button>`;
    return nothing;
  }

  #body() {
    if (session.state === 'visiting') return notice('', `${terms.readOnly} Create a wallet to activate a machine.`);
    if (!network.address && run.state === 'idle')
      return empty({
        symbol: 'activate',
        title: 'Puts a machine on the chain',
        text: this.#own.purpose,
        action: html`<a class="button primary" href=${hrefTo('wallets')}>Set up a wallet</a>`,
        argv: ['activate', '--doc-url', 'URL', '--data-api', 'URL'],
      });
    return html`<div class="activate">
        <div class="stack loose">${run.state === 'idle' ? this.#form() : this.#outcome()}</div>
        <div class="stack loose">
          ${track(run)} ${run.state === 'idle' && this.#terms.value ? this.#cost() : nothing}
        </div>
      </div>
      ${this.#many()}`;
  }

  #many() {
    return html`<details class="from-file" ?open=${machineFile.state !== 'empty'}>
      <summary><h2>${words.many}</h2></summary>
      <pq-machine-file></pq-machine-file>
    </details>`;
  }

  #outcome() {
    if (run.state === 'done') {
      const { machineId, did, facts } = machineOf(run.result);
      return html`${notice('good', html`<strong>The machine is active.</strong>`)}
        <dl class="facts">
          <dt>Machine ID</dt>
          <dd><pq-value .text=${String(machineId)} label="machine ID"></pq-value></dd>
          ${facts.map(
            ([label, text]) =>
              html`<dt>${label}</dt>
                <dd>${text}</dd>`,
          )}
          <dt>DID</dt>
          <dd><pq-value .text=${did} label="DID"></pq-value></dd>
        </dl>
        <div class="row">
          <a class="button primary" href=${hrefTo('fleet', did)}>Open the machine</a>
          <button class="button" @click=${() => run.reset()}>Activate another</button>
        </div>`;
    }
    if (run.state === 'failed')
      return html`${failure(run.error, { money: moneyMoved(run.error, 'Continuing', run.sent) })} ${this.#resume()}`;
    return html`<p class="soft">
      The steps fill as they happen. You may look at other rooms meanwhile; a stopped or interrupted run is continued,
      and nothing is paid twice.
    </p>`;
  }

  // What a new run needs: in proxy mode the machine's key, which is not kept.
  #resume() {
    return html`<form class="stack" @submit=${this.#start}>
      ${this.proxy ? this.#key() : nothing}
      <div class="row">
        <button class="button primary">${terms.continue}</button>
        <button type="button" class="button" @click=${() => run.reset()}>Change the fields</button>
      </div>
    </form>`;
  }

  #key() {
    return html`<pq-secret
      name="machine-key"
      label="Machine private key"
      autocomplete="off"
      .error=${this.problems.key}
      .hint=${this.#own.keyHint}
    ></pq-secret>`;
  }

  #interrupted() {
    const steps = [...new Set((this.open ?? []).map(({ step }) => titles[stepOfRow[step]]))];
    if (steps.length === 0 && !this.fields.open) return nothing;
    return notice(
      'warn',
      html`<strong>An activation was interrupted.</strong>
        ${steps.length > 0 ? html`<p>Under way: ${steps.join(', ')}.</p>` : nothing}
        <p>Continuing looks up what was sent and does only what is missing; nothing is paid twice.</p>`,
    );
  }

  #text(name, label, hint, type = 'url') {
    return field({
      id: `activate-${name}`,
      label,
      hint,
      error: this.problems[name],
      control: ({ id, describedby, invalid }) =>
        html`<input
          class="input ${name === 'machine' ? 'mono' : ''}"
          id=${id}
          aria-invalid=${invalid}
          name=${name}
          type="text"
          inputmode=${type}
          spellcheck="false"
          autocomplete="off"
          aria-describedby=${describedby}
          .value=${this.fields[name]}
          @input=${this.#set(name)}
        />`,
    });
  }

  // A URL with a button that asks it.
  #url(name, label, hint) {
    const found = this.found[name];
    const { state, words, hint: why } = found ?? {};
    return html`<div class="stack tight">
      ${this.#text(name, label, hint)}
      <div class="row tight">
        <button type="button" class="button little" @click=${() => this.#test(name)}>${actOn('Test', label)}</button>
        ${found === 'busy' ? status('busy', 'Testing') : nothing}
        ${
          state
            ? html`<span class="small" role="status"
                >${status(state === 'good' ? 'good' : 'warn', words)} <span class="soft">${why ?? ''}</span></span
              >`
            : nothing
        }
      </div>
    </div>`;
  }

  // What the form asks is not known before the network has answered.
  #unknown() {
    const { problem } = this.#terms;
    if (!problem) return skeleton(6);
    return failure(problem, {
      money: 'Nothing was sent.',
      actions: html`<button type="button" class="button" @click=${() => this.#terms.again()}>${words.tryAgain}</button>
        <a class="button quiet" href=${hrefTo('settings')}>Settings</a>`,
    });
  }

  #tier() {
    const { tiers, currency } = this.#terms.value;
    return field({
      id: 'activate-tier',
      label: words.tier,
      control: ({ id }) =>
        html`<select class="select" id=${id} @change=${this.#set('tier')}>
          ${tiers.map(({ name, bondWei }, at) => {
            const price = bondWei === null ? words.unpriced : coins(bondWei, currency);
            const value = at === 0 ? '' : name;
            return html`<option value=${value} ?selected=${this.fields.tier === value}>
              ${name[0].toUpperCase()}${name.slice(1)}, ${price}
            </option>`;
          })}
        </select>`,
    });
  }

  #document() {
    const take = ({ detail }) => {
      const text = detail ? new TextDecoder().decode(detail.bytes) : '';
      this.fields = this.left = { ...this.fields, didDocument: text };
      this.problems = {};
    };
    const problem = this.problems.didDocument;
    return html`<div class="stack tight">
      <pq-drop name="did-document" label=${words.document} hint=${words.documentHint} @change=${take}></pq-drop>
      ${problem ? html`<p class="error" role="alert">${icon('warning', 14)} ${problem}</p>` : nothing}
    </div>`;
  }

  // The fields that the contracts in use want, in the order of the form.
  #asked() {
    const { value: terms } = this.#terms;
    const url = (name, label, hint) => this.#url(name, label, hint);
    const fields = {
      machineType: () => this.#text('machineType', words.machineType, words.machineTypeHint, 'text'),
      tier: () => (terms.tiers.length > 0 ? this.#tier() : nothing),
      credentialSubjectHex: () => this.#text('credentialSubjectHex', words.subject, words.subjectHint, 'text'),
      docUrl: () => url('docUrl', 'Documentation URL', 'Stored publicly in the machine’s DID'),
      dataApi: () =>
        url('dataApi', 'Data API URL', 'Where clients fetch raw data; stored publicly in the machine’s DID'),
      visibility: () => this.#visibility(),
      didDocument: () => this.#document(),
    };
    return Object.entries(fields)
      .filter(([name]) => this.#wants(name))
      .map(([, part]) => part());
  }

  #visibility() {
    return field({
      id: 'activate-visibility',
      label: 'Data visibility',
      error: this.problems.visibility,
      control: ({ id }) =>
        html`<select class="select" id=${id} .value=${this.fields.visibility} @change=${this.#set('visibility')}>
          ${Object.entries(visibilities).map(
            ([value, label]) =>
              html`<option value=${value} ?selected=${this.fields.visibility === value}>${label}</option>`,
          )}
        </select>`,
    });
  }

  #form() {
    if (!this.#terms.value) return this.#unknown();
    const resumes = this.fields.open || this.open?.length > 0;
    return html`${this.#interrupted()}
      <form class="stack loose" novalidate @submit=${this.#start} @change=${() => (this.left = this.fields)}>
        <fieldset class="field">
          <legend class="legend">Activate</legend>
          <div class="segments">
            ${[
              [false, this.#own.own],
              [true, this.#own.other],
            ].map(
              ([value, label]) =>
                html`<label
                  ><input
                    type="radio"
                    name="mode"
                    .checked=${this.proxy === value}
                    @change=${() => (this.proxy = value)}
                  /><span>${label}</span></label
                >`,
            )}
          </div>
        </fieldset>
        ${
          this.proxy
            ? html`${this.#text('machine', 'Machine address', '0x and 40 hexadecimal digits', 'text')} ${this.#key()}`
            : nothing
        }
        ${this.#text('alias', 'Name', 'What you call it here, such as “Charger north gate”; kept in this vault', 'text')}
        ${this.#asked()}
        <div class="row">
          <button class="button primary">${icon('activate')} ${resumes ? terms.continue : 'Activate'}</button>
          <span class="faint small">${terms.approveFirst}</span>
        </div>
      </form>`;
  }

  #cost() {
    const plan = this.#plan.value;
    return html`<div class="cost">
      <h2>Cost</h2>
      ${plan ? planned(plan) : this.#usualCost()}
      ${this.#plan.problem ? html`<p class="soft small">${this.#plan.problem.message}</p>` : nothing}
      <p class="faint small">What is done already is skipped and costs nothing. ${this.#own.about}</p>
    </div>`;
  }

  #usualBond() {
    const { tiers, currency } = this.#terms.value;
    if (tiers.length === 0) return html`<strong>1 PEAQ</strong>, once; it stays staked for the machine`;
    const { bondWei } = tiers.find(({ name }) => name === this.fields.tier) ?? tiers[0];
    return bondWei === null ? words.unpriced : html`<strong>${coins(bondWei, currency)}</strong>, for the first period`;
  }

  // What can be said before the chain was asked.
  #usualCost() {
    return html`<dl class="facts">
      <dt>Bond</dt>
      <dd>${this.#usualBond()}</dd>
      <dt>Fees</dt>
      <dd>${this.#own.transactions(this.proxy)}</dd>
      <dt>Paid by</dt>
      <dd class="stack tight">
        <span class="row tight">
          <pq-value .text=${network.address} label="address"></pq-value>
          ${network.status?.balance ? html`<span class="faint">holds ${coins(network.status.balance)}</span>` : nothing}
        </span>
        ${this.proxy ? html`<span class="faint small">${this.#own.proxyPays}</span>` : nothing}
      </dd>
      <dt>Not enough?</dt>
      <dd>The Gas Station funds wallets, behind two-factor</dd>
    </dl>`;
  }
}
