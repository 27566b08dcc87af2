// The one activation that may run: its six steps as they fill, what it asks, and how it ended. It goes on when the
// person looks at another room. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { askPerson } from '../../frame/questions.mjs';
import { lineOf, titles } from './story.mjs';

const freshSteps = () =>
  Object.entries(titles).map(([name, title], at) => ({ number: at + 1, name, title, state: 'waiting', lines: [] }));

const ended = { omitted: 'skipped', skipped: 'skipped', confirmed: 'done', recovered: 'done' };

class Run extends EventTarget {
  /** "idle", "running", "done" or "failed". */
  state = 'idle';
  steps = freshSteps();
  request;
  result;
  error;
  /** {qr, uri}: what an authenticator app should scan. */
  enrolment;
  /** What was wrong with the last code. */
  refusal;
  #current = 1;
  #approved;
  #answer;
  #stop;

  /** Whether a code of six digits is waited for. */
  get wantsCode() {
    return Boolean(this.#answer);
  }

  async start(request) {
    if (this.state === 'running') return;
    const cancel = new AbortController();
    Object.assign(this, { state: 'running', steps: freshSteps(), request, result: undefined, error: undefined });
    this.enrolment = this.refusal = this.#approved = undefined;
    this.#current = 1;
    this.#stop = cancel;
    this.#say();
    try {
      this.result = await session.call('activate', request, {
        progress: (fact) => this.#hear(fact),
        question: (question) => this.#asked(question),
        signal: cancel.signal,
      });
      this.state = 'done';
    } catch (error) {
      this.error = error;
      this.state = 'failed';
      if (this.#step.state === 'running') this.#step.state = 'failed';
    }
    this.#answer = this.request = undefined; // the request may hold a key
    this.#say();
  }

  stop() {
    this.#stop?.abort();
    this.#answer?.(null);
  }

  /** Back to the form. */
  reset() {
    if (this.state !== 'running') this.state = 'idle';
    this.#say();
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
    const step = this.#step;
    if (fact.state === 'started') step.state = 'running';
    else if (fact.step > 0 && ended[fact.state]) step.state = ended[fact.state];
    if (fact.step > 1) this.#finishBefore(fact.step);
    if (fact.name === 'two_factor' && fact.qr) this.enrolment = { qr: fact.qr, uri: fact.otpauth_uri };
    if (fact.name === 'two_factor' && fact.state === 'confirmed') this.enrolment = undefined;
    if (fact.name === 'answer') this.refusal = fact.text;
    else this.#note(step, fact);
    this.#say();
  }

  // Steps without a word of their own at their end are done when the next begins.
  #finishBefore(number) {
    for (const step of this.steps.slice(0, number - 1)) if (step.state === 'running') step.state = 'done';
  }

  #note(step, fact) {
    if (fact.name === 'transaction' && fact.state === 'mined') {
      const line = step.lines.find(({ hash }) => hash === fact.tx_hash);
      if (line) Object.assign(line, { fee: fact.fee_wei, block: fact.block, text: 'Mined' });
      return;
    }
    if (fact.name === 'transaction' && fact.state === 'submitted') {
      step.lines.push({ text: 'Sent', hash: fact.tx_hash });
      return;
    }
    const line = lineOf(fact);
    if (!line) return;
    // The outcome of a transaction takes the place of its line, and keeps its fee.
    const sent = line.hash && step.lines.find(({ hash }) => hash === line.hash);
    if (sent) Object.assign(sent, line);
    else step.lines.push(line);
  }

  async #asked(question) {
    if (question.name === 'totp')
      return new Promise((resolve) => {
        this.#answer = resolve;
        this.#say();
      });
    if (question.name !== 'approve') return askPerson(question);
    // One approval covers a run, but nothing in it that moves money beside the bond that was shown.
    if (this.#approved && question.value_wei === '0') return 'yes';
    const rest = this.steps.slice(this.#current).map(({ title }) => `“${title}”`);
    const note =
      rest.length > 0 &&
      `This approves the rest of the run as well, as far as it is missing: ${rest.join(', ')}. Nothing more than fees is paid there.`;
    const answer = await askPerson({ ...question, note, action: 'Sign and go on' });
    this.#approved ||= answer === 'yes';
    return answer;
  }

  #say() {
    this.dispatchEvent(new Event('change'));
  }
}

export const run = new Run();
