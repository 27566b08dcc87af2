// The command drawer: any peaqos command line, with the output and the exit code of a terminal. What a command asks is
// answered in the same place; files are taken from the person's disk and saved to it.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { split } from '../format/words.mjs';
import { icon } from '../parts/icon.mjs';
import { status } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { completionsOf } from './completion.mjs';
import { saveOnDisk } from './disk.mjs';

const remembered = 100; // lines of history

const tones = { 0: 'good', 130: 'warn' };

export class Drawer extends Part {
  static properties = { runs: { state: true }, question: { state: true }, choices: { state: true } };

  constructor() {
    super();
    this.runs = []; // {line, parts: [{stream, text}], code}
    this.at = 0; // in the history, counted from its end
  }

  /** Shows the drawer; a line given is run at once. */
  async open(line) {
    await this.updateComplete;
    if (line) this.#run(line);
    this.querySelector('input')?.focus();
  }

  get #history() {
    return session.preferences.history ?? [];
  }

  get #running() {
    return this.runs.at(-1)?.code === undefined && this.runs.length > 0;
  }

  async #run(line) {
    const run = { line, parts: [], code: undefined };
    this.runs = [...this.runs, run];
    this.at = 0;
    this.cancel = new AbortController();
    run.code = await this.#outcome(line, run);
    this.question = undefined;
    this.runs = [...this.runs];
    if (session.state === 'open') await session.prefer({ history: [...this.#history, line].slice(-remembered) });
    session.touched();
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  async #outcome(line, run) {
    const text = (part) => this.#say(run, part);
    try {
      const words = split(line.replace(/^\s*(\$\s*)?peaqos(?=\s|$)/, ''));
      return await session.run(words, {
        text,
        line: (question) => this.#ask({ kind: 'line', ...question }),
        file: (question) => this.#ask({ kind: 'file', ...question }),
        save: ({ path, bytes }) => {
          saveOnDisk(path.split('/').at(-1), bytes);
          text({ stream: 'err', text: `${path} was saved by the browser.\n` });
        },
        signal: this.cancel.signal,
      });
    } catch (error) {
      text({ stream: 'err', text: `Error: ${error.message}${error.hint ? `. ${error.hint}` : ''}\n` });
      return error.kind === 'interrupted' ? 130 : 1;
    }
  }

  #say(run, { stream, text }) {
    const last = run.parts.at(-1);
    if (last?.stream === stream) last.text += text;
    else run.parts.push({ stream, text });
    this.requestUpdate();
  }

  #ask(question) {
    return new Promise((resolve) => {
      const answer = (value) => {
        this.question = undefined;
        resolve(value);
      };
      this.question = { ...question, answer };
      this.updateComplete.then(() => this.querySelector('input')?.focus());
    });
  }

  updated() {
    const log = this.querySelector('.log');
    log.scrollTop = log.scrollHeight;
  }

  #submit(event) {
    event.preventDefault();
    const input = this.querySelector('input');
    const { value } = input;
    if (this.question?.kind === 'line') {
      const run = this.runs.at(-1);
      this.#say(run, { stream: 'err', text: `${this.question.hidden ? '' : value}\n` });
      this.question.answer(value);
    } else if (value.trim() && !this.#running) this.#run(value.trim());
    input.value = '';
    this.choices = undefined;
  }

  async #keydown(event) {
    const input = event.target;
    const selected = input.selectionStart !== input.selectionEnd;
    if (event.key === 'c' && event.ctrlKey && this.#running && !selected) {
      event.preventDefault();
      this.#stop();
    } else if (event.key === 'd' && event.ctrlKey && this.question?.kind === 'line' && input.value === '') {
      event.preventDefault();
      this.question.answer(null); // the end of input
    } else if (this.question) return;
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.at = Math.max(0, Math.min(this.#history.length, this.at + (event.key === 'ArrowUp' ? 1 : -1)));
      input.value = this.at ? this.#history.at(-this.at) : '';
    } else if (event.key === 'Tab' && !event.shiftKey && input.value.trim()) {
      event.preventDefault();
      await this.#complete(input);
    }
  }

  async #complete(input) {
    const { value, choices } = await completionsOf(input.value);
    input.value = value;
    this.choices = choices.length > 1 ? choices : undefined;
  }

  #stop() {
    this.cancel.abort();
    this.question?.answer(null);
  }

  async #chosen(event) {
    const [file] = event.target.files;
    this.question.answer(file ? new Uint8Array(await file.arrayBuffer()) : null);
  }

  #prompt() {
    const { question } = this;
    if (question?.kind === 'file') {
      return html`<div class="prompt">
        <label class="button" for="drawer-file">${icon('file')} Choose ${question.path}</label>
        <input class="unseen" type="file" id="drawer-file" @change=${this.#chosen} />
        <button type="button" class="button quiet" @click=${() => question.answer(null)}>There is none</button>
      </div>`;
    }
    const label = question ? 'Answer' : 'Command line';
    return html`<form class="prompt" @submit=${this.#submit}>
      <span class="mono faint" aria-hidden="true">${question ? '?' : '$ peaqos'}</span>
      <input
        class="mono"
        aria-label=${label}
        type=${question?.hidden ? 'password' : 'text'}
        ?readonly=${this.#running && !question}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        @keydown=${this.#keydown}
      />
      ${
        this.#running
          ? html`<button type="button" class="button little" @click=${this.#stop}>Stop</button>`
          : html`<button class="button little">Run</button>`
      }
    </form>`;
  }

  render() {
    return html`<section class="drawer" aria-label="Command">
      <header class="row tight">
        ${icon('terminal')}
        <h2>Command</h2>
        <span class="faint small wide">Tab completes, arrows recall, Ctrl-C stops</span>
        <button
          type="button"
          class="button quiet icon little"
          aria-label="Close the command drawer"
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >
          ${icon('cross')}
        </button>
      </header>
      <div class="log mono" role="log" aria-label="Output" tabindex="0">
        ${
          this.runs.length === 0
            ? html`<p class="faint">Any peaqos command works here. Try: whoami, wallet list, --help</p>`
            : nothing
        }
        ${this.runs.map((run) => this.#block(run))}
        ${this.choices ? html`<p class="faint">${this.choices.join('   ')}</p>` : nothing}
      </div>
      ${this.#prompt()}
    </section>`;
  }

  #block({ line, parts, code }) {
    return html`<div class="run">
      <p><span class="faint">$ peaqos</span> ${line}</p>
      <pre>${parts.map(({ stream, text }) => html`<span class=${stream}>${text}</span>`)}</pre>
      ${
        code === undefined
          ? html`<p class="faint"><span class="spinner"></span></p>`
          : html`<p class="small" data-exit=${code}>${status(tones[code] ?? 'bad', `exit ${code}`)}</p>`
      }
    </div>`;
  }
}
define('pq-drawer', Drawer);
