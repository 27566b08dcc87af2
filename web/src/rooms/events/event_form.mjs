// The form of one event, and what became of it. What was sent is never sent again by accident: a repeated submission
// looks the transaction of the first up, and an equal event is asked about.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { network } from '../../core/network.mjs';
import { explorerUrl } from '../../format/chains.mjs';
import { hrefTo } from '../../frame/router.mjs';
import { confirm } from '../../parts/confirm.mjs';
import '../../parts/drop_zone.mjs';
import { failure, field, notice } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/value.mjs';
import { moneyMoved } from '../../words/money.mjs';
import { terms } from '../../words/terms.mjs';
import { wordsOf } from './equal_event.mjs';
import { commandOf, echo, requestOf, usualTime } from './event_draft.mjs';
import { localTime, unixTime } from './local_time.mjs';
import { submission } from './submission.mjs';

const trusts = { self: 'Self-reported', onchain: 'Verifiable on a chain', hardware: 'Signed by hardware' };
const chains = { same: 'This chain', peaq: 'peaq', base: 'Base' };

// Fields by the members of the request that the core complains about.
const fieldOfMember = {
  machineId: 'machine',
  value: 'amount',
  ts: 'when',
  currency: 'currency',
  sourceTx: 'source',
};

const mostOffered = 50;

// The machines to choose from for what was typed.
const offered = (machines, text) => {
  const word = text.toLowerCase();
  return machines
    .filter(({ id, name }) => id.startsWith(word) || name.toLowerCase().includes(word))
    .slice(0, mostOffered);
};

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** <pq-event-form .machineId=${'7'} @submitted>: with `machineId` the machine is given. */
export class EventForm extends Part {
  static properties = {
    machineId: { attribute: false },
    draft: { state: true },
    problems: { state: true },
  };

  constructor() {
    super();
    this.draft = {
      machine: '',
      type: 'revenue',
      amount: '',
      minor: false,
      currency: 'USD',
      when: undefined, // until the user sets it, the time is proposed
      trust: 'self',
      chain: 'same',
      source: '',
    };
    this.problems = {};
    this.watch(submission);
    this.watch(labels);
    this.onEnded = () => this.#ended();
  }

  connectedCallback() {
    super.connectedCallback();
    submission.addEventListener('ended', this.onEnded);
    // Whoever comes back finds the form as it was sent.
    if ((submission.stage || submission.error) && this.#mine) this.draft = submission.draft;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    submission.removeEventListener('ended', this.onEnded);
  }

  get #clock() {
    return { now: Date.now(), blockTime: network.status?.blockTime };
  }

  get #whole() {
    const file = (name) => this.querySelector(`pq-drop[name=${name}]`)?.file?.bytes;
    return { ...this.draft, machineId: this.machineId, rawData: file('raw'), metadata: file('metadata') };
  }

  /** The command line that submits the same. */
  get argv() {
    return commandOf(this.#whole, this.#clock);
  }

  // Whether what runs, or ended last, was sent from this form.
  get #mine() {
    return this.machineId === undefined || submission.machineId === this.machineId;
  }

  #submit = async (event) => {
    event.preventDefault();
    if (submission.stage || this.asking) return;
    const open = submission.unsettled(this.draft);
    const { request, problems = {} } = open ? { request: open } : requestOf(this.#whole, this.#clock);
    if (!this.#show(problems)) return;
    this.asking = true;
    const go = await this.#meant(request).finally(() => (this.asking = false));
    if (go) await submission.send(request, this.draft);
  };

  // An equal event counts once more: that may be meant, or a second click.
  async #meant(request) {
    const row = await submission.earlier(request);
    if (!row) return true;
    return confirm({
      title: 'Record it again?',
      text: `${wordsOf(row, request.ts, Date.now())} Recording it again counts it twice.`,
      yes: 'Record it again',
      no: 'Do not record',
    });
  }

  // Shows problems at their fields; the keyboard goes to the first. Returns whether there are none.
  #show(problems) {
    this.problems = problems;
    const [first] = Object.keys(problems);
    if (first) this.updateComplete.then(() => this.querySelector(`#event-${first}`)?.focus());
    return !first;
  }

  #ended() {
    if (!this.#mine) return;
    const { done, error } = submission;
    if (done) {
      this.draft = { ...this.draft, amount: '' };
      for (const drop of this.querySelectorAll('pq-drop')) drop.clear();
      this.dispatchEvent(new CustomEvent('submitted', { detail: done, bubbles: true }));
      return;
    }
    const [, member, words] = error.code === 'BAD_FIELD' ? /^(\w+) (.*)$/s.exec(error.message) : [];
    if (fieldOfMember[member]) this.#show({ [fieldOfMember[member]]: `The value ${words}. ${error.hint}` });
    this.dispatchEvent(new CustomEvent('failed', { bubbles: true }));
  }

  #change(changes) {
    const touched = Object.keys(changes);
    this.draft = { ...this.draft, ...changes };
    this.problems = Object.fromEntries(Object.entries(this.problems).filter(([name]) => !touched.includes(name)));
    this.dispatchEvent(new CustomEvent('edited', { bubbles: true }));
  }

  #set(name) {
    return (event) => this.#change({ [name]: event.target.value });
  }

  #segments(legend, name, choices) {
    return html`<fieldset class="field">
      <legend class="legend">${legend}</legend>
      <div class="segments">
        ${choices.map(
          ([value, label]) =>
            html`<label
              ><input
                type="radio"
                name=${name}
                value=${value}
                .checked=${this.draft[name] === value}
                @change=${this.#set(name)}
              /><span>${label}</span></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  #input(name, label, { hint, mono = true, mode = 'text', ...more }) {
    return field({
      id: `event-${name}`,
      label,
      hint,
      error: this.problems[name],
      control: ({ id, describedby, invalid }) =>
        html`<input
          class="input ${mono ? 'mono' : ''}"
          id=${id}
          name=${name}
          inputmode=${mode}
          autocomplete="off"
          spellcheck="false"
          list=${more.list ?? nothing}
          maxlength=${more.maxlength ?? nothing}
          aria-describedby=${describedby}
          aria-invalid=${invalid}
          .value=${this.draft[name]}
          @input=${more.input ?? this.#set(name)}
        />`,
    });
  }

  // A machine is chosen by its name among those that were seen, or given by its ID.
  #machine() {
    if (this.machineId !== undefined) return nothing;
    const { machines } = labels;
    const given = this.draft.machine.trim();
    const known = machines.find(({ id }) => id === given);
    const named = machines.filter(({ name }) => name.toLowerCase() === given.toLowerCase());
    const input = (event) => {
      const text = event.target.value.trim().toLowerCase();
      const chosen = machines.filter(({ name }) => name.toLowerCase() === text);
      this.#change({ machine: chosen.length === 1 ? chosen[0].id : event.target.value });
    };
    const hint = known
      ? known.name
      : named.length > 1
        ? 'Several machines have this name: enter the ID'
        : machines.length > 0
          ? 'Choose one, or enter its ID'
          : 'The number that its activation gave it';
    return html`${this.#input('machine', 'Machine', { hint, list: 'event-machines', input })}
      <datalist id="event-machines">
        ${offered(machines, given).map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </datalist>`;
  }

  #amount() {
    const { draft } = this;
    const revenue = draft.type === 'revenue';
    return html`<div class="amounts">
      ${this.#input('amount', revenue ? 'Amount' : 'Value', {
        mode: revenue && !draft.minor ? 'decimal' : 'numeric',
        hint: revenue ? (this.problems.amount ? undefined : echo(draft)) : 'A whole number, such as a count of runs',
      })}
      ${
        revenue
          ? this.#input('currency', 'Currency', {
              maxlength: 10,
              input: (event) => {
                event.target.value = event.target.value.toUpperCase();
                this.#change({ currency: event.target.value });
              },
            })
          : nothing
      }
      ${
        revenue
          ? html`<label class="check small"
              ><input
                type="checkbox"
                name="minor"
                .checked=${draft.minor}
                @change=${(event) => this.#change({ minor: event.target.checked })}
              />
              <span>Enter it in the currency’s smallest unit</span></label
            >`
          : nothing
      }
    </div>`;
  }

  #when() {
    const { when } = this.draft;
    const clock = this.#clock;
    const block = clock.blockTime;
    return html`${field({
      id: 'event-when',
      label: 'When',
      error: this.problems.when,
      hint: when === undefined ? `Now, as the latest block allows. Time zone: ${zone}` : `Time zone: ${zone}`,
      control: ({ id, describedby, invalid }) =>
        html`<input
          class="input"
          type="datetime-local"
          step="1"
          id=${id}
          name="when"
          aria-describedby=${describedby}
          aria-invalid=${invalid}
          .value=${localTime(when ?? usualTime(clock))}
          @input=${(event) => this.#change({ when: unixTime(event.target.value) })}
        />`,
    })}
    ${
      when === undefined
        ? nothing
        : html`<div class="row tight">
            <button type="button" class="button little" @click=${() => this.#change({ when: undefined })}>Now</button>
            ${
              block
                ? html`<button type="button" class="button little" @click=${() => this.#change({ when: block })}>
                    Use the latest block’s time
                  </button>`
                : nothing
            }
          </div>`
    }`;
  }

  #select(name, label, choices) {
    return field({
      id: `event-${name}`,
      label,
      control: ({ id }) =>
        html`<select class="select" id=${id} name=${name} .value=${this.draft[name]} @change=${this.#set(name)}>
          ${Object.entries(choices).map(([word, text]) => html`<option value=${word}>${text}</option>`)}
        </select>`,
    });
  }

  #evidence() {
    const onchain = this.draft.trust === 'onchain';
    return html`<details class="more">
      <summary>Evidence and attachments</summary>
      <div class="stack">
        ${this.#select('trust', 'Evidence', trusts)}
        ${
          onchain
            ? html`${this.#select('chain', 'Chain of the evidence', chains)}
              ${this.#input('source', 'Transaction', { hint: '0x and 64 hexadecimal digits' })}`
            : nothing
        }
        <pq-drop name="raw" label="Raw data" hint="Only its fingerprint is published"></pq-drop>
        <pq-drop
          name="metadata"
          label="Metadata"
          hint="Published on the chain as it is, for everybody to read"
        ></pq-drop>
      </div>
    </details>`;
  }

  render() {
    const { stage } = submission;
    const again = this.#mine && submission.error;
    return html`<form class="stack" novalidate @submit=${this.#submit}>
      ${this.#machine()}
      ${this.#segments('Event', 'type', [
        ['revenue', 'Revenue'],
        ['activity', 'Activity'],
      ])}
      ${this.#amount()} ${this.#when()} ${this.#evidence()} ${this.#outcome()}
      <div class="row">
        <button class="button primary" aria-disabled=${String(Boolean(stage))}>
          ${stage ? html`<span class="spinner"></span> ${stage}` : again ? 'Try again' : 'Submit event'}
        </button>
        <span class="faint small">${terms.approveFirst}</span>
      </div>
    </form>`;
  }

  #outcome() {
    const { error, done, stage } = submission;
    if (stage || !this.#mine) return nothing;
    if (error)
      return failure(error, {
        money: moneyMoved(error, 'Trying again', submission.heard),
        actions: this.#remedy(error),
      });
    if (!done) return nothing;
    const link = explorerUrl(network.status?.chainId, done.txHash);
    return notice(
      'good',
      html`<strong>Recorded on the chain.</strong> <pq-value .text=${done.txHash} label="transaction"></pq-value> ${
          link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">Explorer</a>` : nothing
        }`,
    );
  }

  #remedy({ code }) {
    if (code === 'MachineNotBonded') return html`<a class="button" href=${hrefTo('activate')}>Activate the machine</a>`;
    const block = network.status?.blockTime;
    if (code !== 'FutureTimestamp' || !block) return undefined;
    return html`<button type="button" class="button" @click=${() => this.#change({ when: block })}>
      Use the latest block’s time
    </button>`;
  }
}
define('pq-event-form', EventForm);
