// The form of one event, and what became of it. What was sent is never sent again by accident: a repeated submission
// looks the transaction of the first up.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { money } from '../../format/amount.mjs';
import '../../parts/drop_zone.mjs';
import { failure, field, notice } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/value.mjs';

const minute = 60;
const trusts = { self: 'Self-reported', onchain: 'Verifiable on a chain', hardware: 'Signed by hardware' };
const chains = { same: 'This chain', peaq: 'peaq', base: 'Base' };

// Unix seconds as <input type="datetime-local"> wants them, in the person's own zone, and back.
const two = (number) => String(number).padStart(2, '0');
function localTime(seconds) {
  const at = new Date(seconds * 1000);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
const unixTime = (text) => Math.floor(new Date(text).getTime() / 1000);

/** "123 = USD 1.23": minor units, as people say them. */
export function echo(value, currency) {
  if (!/^\d+$/.test(value)) return 'A whole number of the currency’s smallest unit: 123 is USD 1.23';
  try {
    return `${value} = ${money(value, currency || 'USD')}`;
  } catch {
    return `${value} of the smallest unit of ${currency}`;
  }
}

const moved = {
  input: 'Nothing was sent.',
  configuration: 'Nothing was sent.',
  interrupted: 'Nothing was sent.',
};
const onTheWay = ['RECEIPT_PENDING', 'BROADCAST_UNKNOWN', 'LOCKED'];

// Whether the fee of an event may be gone, in one sentence.
function moneyOf({ kind, code }) {
  if (onTheWay.includes(code))
    return 'The event may be on its way. Trying again looks it up first and cannot send it twice.';
  return moved[kind] ?? 'No event was recorded. If a transaction was mined, its fee is spent.';
}

/** <pq-event-form .machineId=${'7'} @submitted>: with `machineId` the machine is given. */
export class EventForm extends Part {
  static properties = {
    machineId: { attribute: false },
    machine: { state: true },
    type: { state: true },
    value: { state: true },
    currency: { state: true },
    trust: { state: true },
    stage: { state: true },
    error: { state: true },
    done: { state: true },
  };

  constructor() {
    super();
    this.machine = '';
    this.type = 'revenue';
    this.value = '';
    this.currency = 'USD';
    this.trust = 'self';
    // The chain refuses what is later than its latest block, which may be some seconds old.
    this.when = localTime(Math.floor(Date.now() / 1000 / minute - 1) * minute);
  }

  /** The command line that submits the same. */
  get argv() {
    const { machineId, machine, type, value, currency, trust } = this;
    const argv = ['qualify', 'event', '--machine-id', machineId || machine || 'ID', '--type', type];
    argv.push(
      '--value',
      value || 'VALUE',
      '--ts',
      this.when ? new Date(this.when).toISOString().replace('.000', '') : 'TIME',
    );
    if (type === 'revenue' && currency !== 'USD') argv.push('--currency', currency);
    if (trust !== 'self') argv.push('--trust', trust, ...(trust === 'onchain' ? ['--source-tx', 'HASH'] : []));
    return argv;
  }

  #request() {
    const form = new FormData(this.querySelector('form'));
    const file = (name) => this.querySelector(`pq-drop[name=${name}]`)?.file?.bytes;
    const { type, value, trust } = this;
    return {
      machineId: this.machineId ?? this.machine.trim(),
      type,
      value: value.trim(),
      ts: unixTime(form.get('when')) || form.get('when'),
      currency: type === 'revenue' ? this.currency.trim() : undefined,
      trust,
      sourceChain: form.get('chain') ?? undefined,
      sourceTx: trust === 'onchain' ? form.get('source') : undefined,
      rawData: file('raw'),
      metadata: file('metadata'),
    };
  }

  #submit = async (event) => {
    event.preventDefault();
    if (this.stage) return;
    this.error = this.done = undefined;
    this.stage = 'Checking with the chain';
    const progress = ({ name, state, tx_hash: hash }) => {
      if (name === 'earlier_write') this.stage = 'Looking an earlier submission up';
      if (name === 'transaction' && state === 'submitted') this.stage = 'Sent, waiting for its block';
      if (hash) this.hash = hash;
    };
    try {
      this.done = await session.call('submitEvent', this.#request(), { progress });
      this.dispatchEvent(new CustomEvent('submitted', { detail: this.done, bubbles: true }));
      this.value = '';
      for (const drop of this.querySelectorAll('pq-drop')) drop.clear();
    } catch (error) {
      this.error = error;
      this.dispatchEvent(new CustomEvent('failed', { bubbles: true }));
    }
    this.stage = undefined;
  };

  #changed(name) {
    return (event) => {
      this[name] = event.target.value;
      this.dispatchEvent(new CustomEvent('edited', { bubbles: true }));
    };
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
                .checked=${this[name] === value}
                @change=${this.#changed(name)}
              /><span>${label}</span></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  render() {
    return html`<form class="stack" novalidate @submit=${this.#submit}>
      ${
        this.machineId
          ? nothing
          : field({
              id: 'event-machine',
              label: 'Machine ID',
              hint: 'The number that its activation gave it',
              control: ({ id, describedby }) =>
                html`<input
                  class="input mono"
                  id=${id}
                  name="machine"
                  inputmode="numeric"
                  autocomplete="off"
                  aria-describedby=${describedby}
                  .value=${this.machine}
                  @input=${this.#changed('machine')}
                />`,
            })
      }
      ${this.#segments('What happened', 'type', [
        ['revenue', 'Revenue'],
        ['activity', 'Activity'],
      ])}
      <div class="amounts">
        ${field({
          id: 'event-value',
          label: this.type === 'revenue' ? 'Amount' : 'Value',
          hint:
            this.type === 'revenue'
              ? echo(this.value.trim(), this.currency.trim())
              : 'A whole number, such as a count of runs',
          control: ({ id, describedby }) =>
            html`<input
              class="input mono"
              id=${id}
              name="value"
              inputmode="numeric"
              autocomplete="off"
              aria-describedby=${describedby}
              .value=${this.value}
              @input=${this.#changed('value')}
            />`,
        })}
        ${
          this.type === 'revenue'
            ? field({
                id: 'event-currency',
                label: 'Currency',
                control: ({ id }) =>
                  html`<input
                    class="input mono"
                    id=${id}
                    name="currency"
                    maxlength="10"
                    autocomplete="off"
                    spellcheck="false"
                    .value=${this.currency}
                    @input=${(event) => {
                      event.target.value = event.target.value.toUpperCase();
                      this.#changed('currency')(event);
                    }}
                  />`,
              })
            : nothing
        }
      </div>
      ${field({
        id: 'event-when',
        label: 'When',
        hint: `Your time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}; not later than now`,
        control: ({ id, describedby }) =>
          html`<input
            class="input"
            type="datetime-local"
            step="1"
            id=${id}
            name="when"
            aria-describedby=${describedby}
            .value=${this.when}
            @input=${this.#changed('when')}
          />`,
      })}
      <details class="more">
        <summary>Proof and data</summary>
        <div class="stack">
          ${field({
            id: 'event-trust',
            label: 'How it can be trusted',
            control: ({ id }) =>
              html`<select class="select" id=${id} name="trust" .value=${this.trust} @change=${this.#changed('trust')}>
                ${Object.entries(trusts).map(([word, label]) => html`<option value=${word}>${label}</option>`)}
              </select>`,
          })}
          ${
            this.trust === 'onchain'
              ? html`${field({
                  id: 'event-chain',
                  label: 'Chain of the proof',
                  control: ({ id }) =>
                    html`<select class="select" id=${id} name="chain">
                      ${Object.entries(chains).map(([word, label]) => html`<option value=${word}>${label}</option>`)}
                    </select>`,
                })}
                ${field({
                  id: 'event-source',
                  label: 'Transaction behind it',
                  hint: '0x and 64 hexadecimal digits',
                  control: ({ id, describedby }) =>
                    html`<input
                      class="input mono"
                      id=${id}
                      name="source"
                      autocomplete="off"
                      spellcheck="false"
                      aria-describedby=${describedby}
                    />`,
                })}`
              : nothing
          }
          <pq-drop name="raw" label="Raw data" hint="Only its fingerprint goes to the chain"></pq-drop>
          <pq-drop name="metadata" label="Metadata" hint="Goes to the chain as it is, for everybody to read"></pq-drop>
        </div>
      </details>
      ${this.#outcome()}
      <div class="row">
        <button class="button primary" aria-disabled=${String(Boolean(this.stage))}>
          ${this.stage ? html`<span class="spinner"></span> ${this.stage}` : this.error ? 'Try again' : 'Submit event'}
        </button>
        <span class="faint small">You see the transaction before it is signed.</span>
      </div>
    </form>`;
  }

  #outcome() {
    if (this.error) return failure(this.error, { money: moneyOf(this.error) });
    if (!this.done) return nothing;
    return notice(
      'good',
      html`<strong>Recorded on the chain.</strong> <pq-value .text=${this.done.txHash} label="transaction"></pq-value>`,
    );
  }
}
define('pq-event-form', EventForm);
