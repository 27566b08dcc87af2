// The subscription of a machine on its page: until when it is paid, what is paused, and what can be done about it.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { coins } from '../../format/amount.mjs';
import { subscribedId } from '../../format/did.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure, notice, skeleton, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/value.mjs';
import { chainFacts, daysLeft, isRenewable, pauseWords, statusOf } from '../../store/subscription.mjs';
import { store } from '../../store/store.mjs';
import { subscriptionWords as words } from '../../words/subscription.mjs';
import { moneyMoved } from '../../words/money.mjs';
import { renewMachines } from '../renewal/renewal_sheet.mjs';

const same = (a = '', b = '') => a.toLowerCase() === b.toLowerCase();

/** <pq-machine-subscription .did=${did}> of a machine whose DID names its ID. */
class MachineSubscription extends Part {
  static properties = {
    did: { attribute: false },
    machine: { state: true },
    problem: { state: true },
    busy: { state: true },
    refusal: { state: true },
  };

  constructor() {
    super();
    this.watch(network);
    this.watch(session);
  }

  connectedCallback() {
    super.connectedCallback();
    this.unsubscribe = store.subscribe('fleet', () => this.#follow());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unsubscribe();
  }

  willUpdate(changed) {
    if (!changed.has('did')) return;
    this.machine = this.problem = this.refusal = undefined;
    this.load();
  }

  async load() {
    const { did } = this;
    const answer = await session.call('machineStatus', { machineId: subscribedId(did) }).then(
      (machine) => ({ machine, problem: undefined }),
      (problem) => ({ problem }),
    );
    if (did !== this.did) return;
    Object.assign(this, answer);
    this.readAt = Date.now();
  }

  // The store heard something else of it.
  #follow() {
    const row = store.machine(this.did);
    if (!row?.chain || !this.machine || row.chainAt <= this.readAt) return;
    if (JSON.stringify(row.chain) !== JSON.stringify(chainFacts(this.machine))) this.load();
  }

  async #change(operation) {
    this.busy = true;
    this.refusal = undefined;
    try {
      // The transaction itself is what is approved: the plan before it says the same.
      const question = async (asked) =>
        asked.name === 'agree' ? 'y' : (await import('../../frame/questions.mjs')).askPerson(asked);
      await session.call(operation, { machineId: subscribedId(this.did) }, { question });
    } catch (error) {
      this.refusal = error;
    }
    this.busy = false;
    store.refresh('machines', { dids: [this.did] });
    await this.load();
  }

  async #renew() {
    await renewMachines([this.did]);
    await this.load();
  }

  #actions(facts, { owner, controller }) {
    const { address } = network;
    if (!address || session.state === 'visiting') return nothing;
    if (![owner, controller].some((one) => same(one, address)))
      return html`<p class="faint small">${words.notYours}</p>`;
    const suspended = facts.paused.includes('operator');
    return html`<div class="row">
      ${
        isRenewable(facts)
          ? html`<button class="button" @click=${() => this.#renew()}>${icon('renew')} ${words.renew}</button>`
          : nothing
      }
      <button
        class="button"
        aria-disabled=${String(Boolean(this.busy))}
        @click=${() => this.busy || this.#change(suspended ? 'resumeMachine' : 'suspendMachine')}
      >
        ${this.busy ? html`<span class="spinner"></span>` : nothing} ${suspended ? words.resume : words.suspend}
      </button>
    </div>`;
  }

  render() {
    const { machine, problem, refusal } = this;
    if (!machine && !problem)
      return html`<div class="section">
        <h3>${words.title}</h3>
        ${skeleton(4)}
      </div>`;
    return html`<div class="section">
      <h3>${words.title}</h3>
      ${problem ? notice('warn', `${problem.message}.`) : nothing} ${machine ? this.#facts(machine) : nothing}
      ${refusal ? failure(refusal, { money: moneyMoved(refusal, words.again) }) : nothing}
    </div>`;
  }

  #facts(machine) {
    const facts = chainFacts(machine);
    const days = daysLeft(facts, Date.now() / 1000);
    const subscribed = days !== undefined;
    return html`<dl class="facts">
        <dt>${words.state}</dt>
        <dd>${status(...statusOf(facts))}</dd>
        ${
          subscribed
            ? html`<dt>${words.tier}</dt>
                <dd>${facts.tier}</dd>
                <dt>${words.until}</dt>
                <dd>
                  ${new Date(facts.ends * 1000).toISOString().slice(0, 10)}
                  <span class="faint">${words.days(days)}</span>
                </dd>
                <dt>${words.bonded}</dt>
                <dd>${coins(facts.bonded)}</dd>`
            : nothing
        }
        ${
          facts.paused.length > 0
            ? html`<dt>${words.paused}</dt>
                <dd>${status('warn', pauseWords(facts.paused))}</dd>`
            : nothing
        }
        <dt>${words.owner}</dt>
        <dd><pq-value .text=${machine.owner} label="owner"></pq-value></dd>
        <dt>${words.controller}</dt>
        <dd><pq-value .text=${machine.controller} label="controller"></pq-value></dd>
      </dl>
      ${this.#actions(facts, machine)}`;
  }
}
define('pq-machine-subscription', MachineSubscription);
