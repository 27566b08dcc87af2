// The settings of the vault's `.env`, as the core reads them; says `change`.
// SPDX-License-Identifier: Apache-2.0
import { network } from './network.mjs';
import { session } from './session.mjs';

class Settings extends EventTarget {
  /** [{name, value}], or undefined before they are read; `value` is null for what is or may be secret. */
  variables;
  /** Every variable that there is: [{name, kind, secret, default, help}]. */
  known = [];
  /** Numbers of lines that could not be read. */
  badLines = [];
  /** Why they could not be read: an error. */
  problem;
  #asked = 0;

  constructor() {
    super();
    session.addEventListener('change', () => this.refresh());
    this.refresh(); // the vault may be open already
  }

  async refresh() {
    if (session.state !== 'open' && session.state !== 'visiting') return this.#say({});
    const mine = ++this.#asked;
    const said = await session.call('readSettings').catch((problem) => ({ problem }));
    return mine === this.#asked ? this.#say(said) : undefined; // an older answer is out of date
  }

  #say({ variables, badLines = [], known = [], problem }) {
    Object.assign(this, { variables, badLines, known, problem });
    this.dispatchEvent(new Event('change'));
  }

  /** A setting's text; empty when there is none. */
  value(name) {
    return this.variables?.find((variable) => variable.name === name)?.value ?? '';
  }

  /** What a setting is for, in one clause. */
  about(name) {
    return this.known.find((variable) => variable.name === name)?.help ?? '';
  }

  /** Whether a setting has a value, secret or not. */
  has(name) {
    return Boolean(this.variables?.some((variable) => variable.name === name));
  }

  /** Changes some: {NAME: text}. Comments and other lines of the file stay. */
  async change(values) {
    this.#say(await session.call('changeSettings', values));
    session.touched();
    network.refresh();
  }

  /** Sets one that is secret: it goes to the core as an answer, not in a request. */
  async changeSecret(name, secret) {
    this.#say(await session.call('changeSettings', { [name]: null }, { question: () => secret }));
    session.touched();
    network.refresh();
  }
}

export const settings = new Settings();
