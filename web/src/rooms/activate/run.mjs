// The one activation that may run: its steps as they fill, what it asks, and how it ended. It goes on when the
// person looks at another room. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { coins } from '../../format/amount.mjs';
import { askPerson } from '../../frame/questions.mjs';
import { approvalOf, restOf } from '../../signing/approval.mjs';
import { agreedActivation } from '../../signing/agreed_calls.mjs';
import { lineOf, stepOfRow, titles, usualSteps } from './story.mjs';

const freshSteps = (names) =>
  names.map((name, at) => ({ number: at + 1, name, title: titles[name], state: 'waiting', lines: [] }));

const ended = { omitted: 'skipped', skipped: 'skipped', confirmed: 'done', recovered: 'done' };

const mined = 'Confirmed in a block';

class Run extends EventTarget {
  /** "idle", "running", "done" or "failed". */
  state = 'idle';
  steps = freshSteps(usualSteps);
  request;
  result;
  error;
  /** {qr, uri}: what an authenticator app should scan. */
  enrolment;
  /** What was wrong with the last code. */
  refusal;
  /** The address that signs it. */
  signer;
  #names = usualSteps;
  #current = 1;
  #approval; // of the rest of the run, once the user gave it
  #answer;
  #stop;

  constructor() {
    super();
    session.addEventListener('end', () => this.#forget());
    // Another wallet signs: what the one before did is not its story.
    network.addEventListener('change', () => {
      if (this.state !== 'idle' && this.state !== 'running' && network.address && network.address !== this.signer)
        this.reset();
    });
  }

  // The session is over: an authenticator's secret and a machine's key go with it.
  #forget() {
    this.#stop?.abort();
    this.#answer = this.#approval = this.#stop = undefined;
    this.#begin({ state: 'idle' });
  }

  /** Says which steps an activation has here; one that has begun keeps its own. */
  prepare(names) {
    if (this.state !== 'idle' || names.join() === this.#names.join()) return;
    this.#names = names;
    this.#begin({ state: 'idle' });
  }

  #begin({ state, request, signer }) {
    const steps = freshSteps(this.#names);
    Object.assign(this, { state, request, signer, steps, result: undefined, error: undefined });
    this.enrolment = this.refusal = this.#approval = undefined;
    this.#current = 1;
    this.#say();
  }

  /** Whether a code of six digits is waited for. */
  get wantsCode() {
    return Boolean(this.#answer);
  }

  /** Whether a transaction of this run was reported. */
  get sent() {
    return this.steps.some(({ lines }) => lines.some(({ text }) => text === 'Sent' || text === mined));
  }

  async start(request) {
    if (this.state === 'running') return;
    const cancel = new AbortController();
    this.#begin({ state: 'running', request, signer: network.address });
    this.#stop = cancel;
    const own = this.steps; // a run that was forgotten meanwhile says nothing more
    try {
      const result = await session.call('activate', request, {
        progress: (fact) => own === this.steps && this.#hear(fact),
        question: (question) => (own === this.steps ? this.#asked(question) : null),
        signal: cancel.signal,
      });
      if (own !== this.steps) return;
      this.result = result;
      this.state = 'done';
    } catch (error) {
      if (own !== this.steps) return;
      this.error = error;
      this.state = 'failed';
      if (this.#step.state === 'running') this.#step.state = 'failed';
    }
    this.#answer = this.request = this.enrolment = this.#approval = undefined; // the request may hold a key
    this.#say();
  }

  stop() {
    this.#stop?.abort();
    this.#answer?.(null);
  }

  /** Back to the form, with nothing done yet. */
  reset() {
    if (this.state !== 'running') this.#begin({ state: 'idle' });
  }

  answer(code) {
    this.refusal = undefined;
    this.#answer?.(code);
    this.#answer = undefined;
    this.#say();
  }

  get #step() {
    return this.steps[this.#current - 1];
  }

  #hear(fact) {
    if (fact.step > 0) this.#current = fact.step;
    const step = this.#stepOf(fact);
    if (fact.state === 'started') step.state = 'running';
    else if (fact.step > 0 && ended[fact.state]) step.state = ended[fact.state];
    if (fact.step > 1) this.#finishBefore(fact.step);
    if (fact.name === 'two_factor' && fact.qr) this.enrolment = { qr: fact.qr, uri: fact.otpauth_uri };
    if (fact.name === 'two_factor' && fact.state === 'confirmed') this.enrolment = undefined;
    if (fact.name === 'answer') this.refusal = fact.text;
    else this.#note(step, fact);
    this.#say();
  }

  // What an earlier run left under way is told before its step is reached.
  #stepOf({ step, step_name: row = step, tx_hash: hash }) {
    const sent = hash && this.steps.find(({ lines }) => lines.some((line) => line.hash === hash));
    return this.steps.find(({ name }) => name === stepOfRow[row]) ?? sent ?? this.#step;
  }

  // Steps without a word of their own at their end are done when the next begins.
  #finishBefore(number) {
    for (const step of this.steps.slice(0, number - 1)) if (step.state === 'running') step.state = 'done';
  }

  #note(step, fact) {
    const sent = fact.tx_hash && step.lines.find(({ hash }) => hash === fact.tx_hash);
    if (fact.name === 'transaction' && fact.state === 'mined') {
      if (sent) Object.assign(sent, { fee: fact.fee_wei, block: fact.block, text: mined });
      return;
    }
    if (fact.name === 'transaction' && fact.state === 'submitted') {
      if (!sent) step.lines.push({ text: 'Sent', hash: fact.tx_hash });
      return;
    }
    const line = lineOf(fact);
    if (!line) return;
    // The outcome of a transaction takes the place of its line, and keeps its fee.
    if (sent) Object.assign(sent, line);
    else step.lines.push(line);
    if (line.tone) step.tone = line.tone;
  }

  async #asked(question) {
    if (question.name === 'totp')
      return new Promise((resolve) => {
        this.#answer = resolve;
        this.#say();
      });
    if (question.name === 'confirm_activation') {
      const answer = await askPerson(question);
      if (answer === 'y') this.#approval = agreedActivation(question, network.signer?.contracts);
      return answer;
    }
    if (question.name !== 'approve') return askPerson(question);
    if (this.#approval?.covers(question)) return 'yes';
    return this.#approve(question);
  }

  // One approval may cover the rest of a run: the calls of its plan, up to the sum that is shown here.
  async #approve(question) {
    const { machineKey: _, ...request } = this.request;
    const rest = restOf(await session.call('planActivation', request).catch(() => undefined), question);
    const sum = rest && BigInt(question.value_wei) + BigInt(question.fee_wei) + rest.wei;
    const steps = rest?.names.map((name) => `“${titles[name] ?? titles.machine_did}”`);
    const note =
      rest &&
      `This also approves ${[...new Set(steps)].join(' and ')}. Together at most ${coins(sum, question.currency, 6)}; above that you are asked again.`;
    const answer = await askPerson({ ...question, note, action: 'Sign and continue' });
    if (answer === 'yes' && rest) this.#approval = approvalOf(rest, network.signer?.contracts);
    return answer;
  }

  #say() {
    this.dispatchEvent(new Event('change'));
  }
}

export const run = new Run();
