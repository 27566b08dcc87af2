// What the page knows: whether the vault is open, and the ways to the core. One object for the whole page. Events:
// `change` when something about it changed; `end` when the vault was locked or left, and everything that a module knows
// of it has to go; `store` with a message of the worker's store; `file` with the path of a file of the vault that was
// written, here or in another tab.
// SPDX-License-Identifier: Apache-2.0
import { closeSheets } from '../parts/sheet.mjs';
import { createIdleWatch } from './idle.mjs';
import { enter, servedSettings } from './served.mjs';
import { startWorker } from './worker_client.mjs';
import { works } from './works.mjs';

const channel = new BroadcastChannel('peaqos-vault');

const standard = { idleMinutes: 10 };
const retryAfter = 5_000; // milliseconds, while nobody answers

class Session extends EventTarget {
  /** "starting", "new" (no vault here), "locked", "open", or "visiting" (read-only, nothing kept). */
  state = 'starting';
  passkeys = [];
  /** What the person prefers, kept in the vault: {idleMinutes, ...}. */
  preferences = standard;
  /** What is wrong with the vault's records: a sentence; undefined while nothing is. */
  damage;
  /** Whether `peaqos console` serves the page, and relays its calls. */
  served = document.documentElement.dataset.served !== undefined;
  /** How `peaqos console` answers the page: "known", "refused" or "unreachable"; undefined before it did. */
  admission;
  #entered;
  #worker;
  #idle = createIdleWatch(() => this.lock());

  constructor() {
    super();
    // Another tab locked, made a vault, or wrote into it.
    channel.onmessage = ({ data }) => {
      if (data === 'lock' && this.state === 'open') this.#end();
      else if (data.changed && this.state === 'open') this.#written(data.changed);
      else if (data === 'vault' && ['new', 'locked'].includes(this.state)) this.refresh();
    };
  }

  #become(state) {
    this.state = state;
    this.#idle.watch(state === 'open');
    this.dispatchEvent(new Event('change'));
  }

  #request(method, request, options) {
    if (!this.#worker) {
      this.#worker = startWorker({
        onTampered: (message) => this.#tampered(message),
        onStore: (message) => this.#say('store', message),
        onChanged: (path) => this.#wrote(path),
      });
      this.#worker.request('start', { relayed: this.served });
    }
    return this.#worker.request(method, request, options);
  }

  /** Begins: presents the start token, finds out whether there is a vault. */
  begin() {
    if (this.served) this.#entered = this.#enter();
    return this.refresh();
  }

  async #enter() {
    this.admission = await enter();
    this.touched();
    if (this.admission === 'unreachable') setTimeout(() => (this.#entered = this.#enter()), retryAfter);
  }

  /** Finds out whether there is a vault. */
  async refresh() {
    const { exists, passkeys } = await this.#request('status');
    this.passkeys = passkeys;
    this.#become(exists ? 'locked' : 'new');
  }

  /** Makes the vault and opens it. */
  async create(passphrase) {
    await this.#request('create', { passphrase });
    channel.postMessage('vault');
    await this.#takeServedSettings();
    this.#become('open');
  }

  /** `by`: {passphrase}, or {credentialId, secret} of a passkey. */
  async unlock(by) {
    await this.#request('unlock', by);
    // Damage to them must not keep anybody out.
    const kept = await this.#request('preferences').catch(() => ({}));
    this.#prefer({ ...standard, ...kept });
    this.#become('open');
  }

  /** Looks around without a vault: nothing is kept, nothing can be signed. */
  async visit() {
    await this.#takeServedSettings();
    await this.#request('visit');
    this.#become('visiting');
  }

  // The settings of the folder in which `peaqos console` was started are the first that a vault has.
  async #takeServedSettings() {
    await this.#entered;
    const lines = this.served ? await servedSettings() : '';
    if (lines) await this.#request('writeFile', { path: '.env', bytes: new TextEncoder().encode(lines) });
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #wrote(path) {
    if (this.state === 'open') channel.postMessage({ changed: path });
    this.#say('file', path);
  }

  // Another tab's wallets and settings are this one's as well.
  #written(path) {
    this.#say('file', path);
    if (!path.endsWith('/peaqos.log')) this.touched();
  }

  #tampered(message) {
    this.damage = message;
    this.touched();
  }

  /** Ends the worker, and with it every key, in all tabs. */
  lock() {
    if (this.state === 'open') channel.postMessage('lock');
    this.#end();
  }

  #end() {
    this.#worker?.end();
    this.#worker = undefined;
    closeSheets();
    works.clear();
    this.#say('end');
    this.#prefer(standard);
    this.damage = undefined;
    this.state = 'starting';
    this.refresh();
  }

  /** Changes some preferences. */
  async prefer(changes) {
    this.#prefer({ ...this.preferences, ...changes });
    await this.#request('prefer', this.preferences);
    this.dispatchEvent(new Event('change'));
  }

  #prefer(preferences) {
    this.preferences = preferences;
    this.#idle.after = preferences.idleMinutes * 60_000;
  }

  // --- The vault, behind a passphrase given afresh ---
  /** Whether the first wallet can be given the vault's passphrase without typing it again. */
  passphraseKnown = () => this.#request('passphraseKnown');
  checkPassphrase = (passphrase) => this.#request('checkPassphrase', { passphrase });
  changePassphrase = (passphrase, next) => this.#request('changePassphrase', { passphrase, next });
  addPasskey = async (passphrase, passkey) => {
    await this.#request('addPasskey', { passphrase, ...passkey });
    await this.#passkeysChanged();
  };
  removePasskey = async (passphrase, credentialId) => {
    await this.#request('removePasskey', { passphrase, credentialId });
    await this.#passkeysChanged();
  };
  async #passkeysChanged() {
    this.passkeys = (await this.#request('status')).passkeys;
    this.dispatchEvent(new Event('change'));
  }

  // --- The core ---
  /**
   * An operation of @peaqos/core: call('queryMcr', { did }). Rejects with {kind, code, message, hint}. `progress` gets
   * what happens; `question` answers what only a person can, by default in a sheet.
   * `inputs`, {path: bytes}, are files that the operation reads beside those of the vault.
   */
  async call(operation, request = {}, { progress, question, signal, inputs } = {}) {
    const work = works.begin(operation, request);
    const on = {
      progress: (fact) => {
        work?.hear(fact);
        progress?.(fact);
      },
      question: question ?? (await import('../frame/questions.mjs')).askPerson,
    };
    const outcome = this.#request('call', { operation, request, inputs }, { on, signal });
    return work ? work.follow(outcome) : outcome;
  }

  // --- The store: web/src/store/store.mjs is its mirror in the page ---
  /** Says something to the worker's store. A lock in the middle of it is no trouble. */
  tellStore = async (name, value) => {
    if (this.state !== 'open' && this.state !== 'visiting') return;
    await this.#request('store', { name, value }).catch((error) => {
      if (error.code !== 'LOCKED') throw error;
    });
  };

  /** A machine's profile, reduced to what a page shows, with `events` of its newest events; `rating` hears its rating before. */
  profile = (did, { rating, events } = {}) => this.#request('profile', { did, events }, { on: { rating } });

  /**
   * A whole command line, given as words without "peaqos"; resolves to its exit code. `text` gets {stream, text}, `line`
   * answers prompts with a line (or null for the end of input), `file` and `save` stand for the person's disk.
   */
  run(argv, { text, line, file, save, signal } = {}) {
    const interactive = Boolean(line);
    return this.#request('run', { argv, interactive }, { on: { text, line, file, save }, signal });
  }

  /** Says that a command may have changed what the vault holds. */
  touched() {
    this.dispatchEvent(new Event('change'));
  }

  /** A file that the core keeps in the vault, such as ".env", as bytes; undefined when there is none. */
  async readFile(path) {
    try {
      return await this.#request('readFile', { path });
    } catch (error) {
      if (error.failure === 'missing') return undefined;
      throw error;
    }
  }

  /** The market's pairings whose tokens are in the vault. A call names one as `pairing`; its token stays in the worker. */
  pairings = () => this.#request('pairings');

  /** Takes a wallet file over as it is, when the passphrase opens it; resolves to the wallet. */
  addWalletFile = (bytes, passphrase) => this.#request('addWalletFile', { bytes, passphrase });

  async writeFile(path, bytes) {
    await this.#request('writeFile', { path, bytes });
    this.touched();
  }
}

export const session = new Session();
