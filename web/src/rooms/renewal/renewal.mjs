// Renewals of some machines: the plan with its sum, one approval, and what became of each. They go on when the user looks
// at something else. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { agreedRenewals } from '../../signing/agreed_calls.mjs';

const always = '5200w'; // however long their periods last: these machines were chosen

const priceOf = ({ net_peaq_amount: net }) => BigInt(net ?? 0);

export class Renewal extends EventTarget {
  /** "idle", "planning", "planned", "paying", "ended". */
  state = 'idle';
  /** [{machine_id, status, tier, previous_period_end, net_peaq_amount, error}] as the core plans or has done it. */
  machines = [];
  /** machine_id -> {state: "confirmed" | "failed" | "pending", tx_hash, reason}, as it happens. */
  outcomes = new Map();
  /** Wei of PEAQ that the plan comes to. */
  sum = 0n;
  /** The core's last answer, and why there is none. */
  result;
  error;
  #call;
  #ask;
  #contracts;
  #ids = [];
  #turn = 0; // counts what was begun: an answer to something else is out of date

  /** `call(operation, request, options)` calls the core, `ask(question)` the person; `contracts()` are whoami's. */
  constructor(call, ask, contracts) {
    super();
    this.#call = call;
    this.#ask = ask;
    this.#contracts = contracts;
  }

  get due() {
    return this.machines.filter(({ status }) => status === 'due');
  }

  clear() {
    this.#turn++;
    this.#ids = [];
    this.#set({ state: 'idle', machines: [], outcomes: new Map(), sum: 0n, result: undefined, error: undefined });
  }

  /** Plans renewals of machines by their IDs; nothing is sent. */
  async plan(ids) {
    if (this.state === 'paying') return;
    this.clear();
    this.#ids = ids;
    await this.#planAgain();
  }

  async #planAgain() {
    const turn = ++this.#turn;
    this.#set({ state: 'planning', error: undefined });
    const planned = await this.#renew({ dryRun: true }).catch((error) => ({ error }));
    if (turn !== this.#turn) return;
    if (planned.error) this.#set({ error: planned.error, state: 'planned', machines: [] });
    else this.#set({ ...this.#read(planned), state: 'planned' });
  }

  #read(result) {
    const machines = result.machines.filter(({ status }) => status !== 'not_due');
    const sum = machines.reduce((all, one) => (one.status === 'due' ? all + priceOf(one) : all), 0n);
    return { result, machines, sum };
  }

  #renew(request, options) {
    return this.#call('renewFleet', { machineIds: this.#ids, before: always, ...request }, options);
  }

  /** Pays what was shown, after the one approval that pressing the button is. */
  async pay() {
    const shown = { ids: new Set(this.due.map(({ machine_id: id }) => id)), sum: this.sum };
    const turn = ++this.#turn;
    let agreed;
    const question = async (asked) => {
      if (asked.name === 'agree') {
        const isShown = asked.machine_ids.every((id) => shown.ids.has(id)) && BigInt(asked.net_wei) <= shown.sum;
        const answer = isShown ? 'y' : await this.#ask(asked);
        if (answer === 'y') agreed = agreedRenewals(asked, this.#contracts());
        return answer;
      }
      if (asked.name === 'approve' && agreed?.covers(asked)) return 'yes';
      return this.#ask(asked);
    };
    const progress = (fact) => {
      if (turn !== this.#turn) return;
      if (fact.name === 'bond') this.outcomes.set(fact.machine_id, fact);
      this.#say();
    };
    this.#set({ state: 'paying', error: undefined, outcomes: new Map() });
    try {
      const result = await this.#renew({}, { progress, question });
      if (turn === this.#turn) this.#set({ ...this.#read(result), state: 'ended' });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#set({ error, state: error.code === 'DECLINED' ? 'planned' : 'ended' });
    }
  }

  /** What is left after some could not be paid. */
  again() {
    return this.#planAgain();
  }

  #set(values) {
    Object.assign(this, values);
    this.#say();
  }

  #say() {
    this.dispatchEvent(new Event('change'));
  }
}
