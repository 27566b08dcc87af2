// Activate: from a key to a registered machine with its NFT and DID, in six steps that can be stopped and resumed.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { coins } from '../format/amount.mjs';
import { hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { confirm } from '../parts/confirm.mjs';
import { actOn, asCommand, empty, failure, field, notice, roomHead, status } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import '../parts/secret_input.mjs';
import '../parts/value.mjs';
import { Plan, planned } from './activate/cost.mjs';
import { moneyMoved } from '../words/money.mjs';
import { terms } from '../words/terms.mjs';
import { draft, keepDraft } from './activate/draft.mjs';
import { readActivation } from './activate/request.mjs';
import { run } from './activate/run.mjs';
import { stepOfRow, titles } from './activate/story.mjs';
import { track } from './activate/track.mjs';
import { openSteps, rowsOf } from './events/journal.mjs';
import { probe } from './settings/probe.mjs';

const visibilities = {
  '': 'Keep current (new machines: public)',
  public: 'Public',
  private: 'Private',
  onchain: 'On-chain only',
};
const argv = { docUrl: '--doc-url', dataApi: '--data-api', visibility: '--visibility', machine: '--for' };

export default class Activate extends Part {
  static properties = {
    fields: { state: true },
    proxy: { state: true },
    left: { state: true }, // the fields as they were when the user last left one
    open: { state: true },
    problems: { state: true },
    found: { state: true }, // what tests of URLs found
  };

  #plan = new Plan(() => this.requestUpdate());

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
    this.open = openSteps(rows, Object.keys(stepOfRow));
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
    const key = this.proxy ? this.querySelector('pq-secret[name=machine-key]')?.value.trim() : undefined;
    const read = readActivation(this.fields, { proxy: this.proxy, key, chainId: network.status?.chainId });
    if (!this.#show(read.problems ?? {})) return;
    if (read.warnings.length > 0 && !(await this.#accepts(read.warnings))) return;
    const { alias } = this.fields;
    const fields = { ...this.fields, machine: this.proxy ? this.fields.machine : '' };
    keepDraft({ ...fields, open: true });
    await run.start(read.request);
    const over = run.state === 'done' || run.error?.kind === 'input';
    keepDraft({ ...(run.state === 'done' ? { ...fields, machine: '', alias: '' } : fields), open: !over });
    if (run.state === 'done') await this.#name(run.result, alias);
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

  async #name({ machineId, machineDid }, alias) {
    labels.learn([{ did: machineDid, machine_id: machineId }]);
    if (alias.trim()) await labels.change([[machineDid, { alias }]]);
  }

  async #test(name) {
    this.found = { ...this.found, [name]: 'busy' };
    const result = await probe(this.fields[name].trim(), { node: false });
    this.found = { ...this.found, [name]: result };
  }

  render() {
    const { machine, ...others } = this.fields;
    const given = { ...others, ...(this.proxy && { machine: machine || 'ADDRESS' }) };
    const words = Object.entries(argv).flatMap(([name, flag]) =>
      given[name]?.trim() || name === 'docUrl' || name === 'dataApi' ? [flag, given[name].trim() || 'URL'] : [],
    );
    return html`${roomHead('Activate', this.#actions())} ${this.#body()}
    ${asCommand(['activate', ...words, ...(this.proxy ? ['--machine-key', 'FILE'] : [])])}`;
  }

  // The cost for the fields as they were last left; in proxy mode once there is an address.
  #askCost() {
    const [docUrl, dataApi, machine] = ['docUrl', 'dataApi', 'machine'].map((name) => this.left[name].trim());
    const known = !this.proxy || /^0x[0-9a-f]{40}$/i.test(machine);
    if (!network.address || run.state !== 'idle' || !known) return this.#plan.forget();
    return this.#plan.ask({ docUrl, dataApi, ...(this.proxy && { for: machine }) }, network.address);
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
        text: 'Six steps: balances, two-factor, funding, registration with its bond, NFT, DID. They are signed by a wallet, and there is none yet.',
        action: html`<a class="button primary" href=${hrefTo('wallets')}>Set up a wallet</a>`,
        argv: ['activate', '--doc-url', 'URL', '--data-api', 'URL'],
      });
    return html`<div class="activate">
      <div class="stack loose">${run.state === 'idle' ? this.#form() : this.#outcome()}</div>
      <div class="stack loose">${track(run)} ${run.state === 'idle' ? this.#cost() : nothing}</div>
    </div>`;
  }

  #outcome() {
    if (run.state === 'done') {
      const { machineId, tokenId, machineDid } = run.result;
      return html`${notice('good', html`<strong>The machine is active.</strong>`)}
        <dl class="facts">
          <dt>Machine ID</dt>
          <dd class="mono">${machineId}</dd>
          <dt>NFT</dt>
          <dd class="mono">Token ${tokenId}</dd>
          <dt>DID</dt>
          <dd><pq-value .text=${machineDid} label="DID"></pq-value></dd>
        </dl>
        <div class="row">
          <a class="button primary" href=${hrefTo('fleet', machineDid)}>Open the machine</a>
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
      .hint=${'0x and 64 hexadecimal digits; used for this run and kept nowhere'}
    ></pq-secret>`;
  }

  #interrupted() {
    const steps = [...new Set((this.open ?? []).map(({ step }) => titles[Object.keys(titles)[stepOfRow[step] - 1]]))];
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

  #form() {
    const resumes = this.fields.open || this.open?.length > 0;
    return html`${this.#interrupted()}
      <form class="stack loose" novalidate @submit=${this.#start} @change=${() => (this.left = this.fields)}>
        <fieldset class="field">
          <legend class="legend">Activate</legend>
          <div class="segments">
            ${[
              [false, 'This wallet as a machine'],
              [true, 'Another machine I operate'],
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
        ${this.#url('docUrl', 'Documentation URL', 'Stored publicly in the machine’s DID')}
        ${this.#url('dataApi', 'Data API URL', 'Where clients fetch raw data; stored publicly in the machine’s DID')}
        ${field({
          id: 'activate-visibility',
          label: 'Data visibility',
          control: ({ id }) =>
            html`<select class="select" id=${id} .value=${this.fields.visibility} @change=${this.#set('visibility')}>
              ${Object.entries(visibilities).map(
                ([value, label]) =>
                  html`<option value=${value} ?selected=${this.fields.visibility === value}>${label}</option>`,
              )}
            </select>`,
        })}
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
      <p class="faint small">What is done already is skipped and costs nothing.</p>
    </div>`;
  }

  // What can be said before the chain was asked.
  #usualCost() {
    return html`<dl class="facts">
      <dt>Bond</dt>
      <dd><strong>1 PEAQ</strong>, once; it stays staked for the machine</dd>
      <dt>Fees</dt>
      <dd>of ${this.proxy ? 'four' : 'three'} transactions, shown before the first is signed</dd>
      <dt>Paid by</dt>
      <dd class="stack tight">
        <span class="row tight">
          <pq-value .text=${network.address} label="address"></pq-value>
          ${network.status?.balance ? html`<span class="faint">holds ${coins(network.status.balance)}</span>` : nothing}
        </span>
        ${this.proxy ? html`<span class="faint small">The machine pays the fee of its own DID.</span>` : nothing}
      </dd>
      <dt>Not enough?</dt>
      <dd>The Gas Station funds wallets, behind two-factor</dd>
    </dl>`;
  }
}
