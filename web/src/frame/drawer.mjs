// The command drawer: any peaqos command line, with the output and the exit code that a terminal shows.
// SPDX-License-Identifier: Apache-2.0
import { icon } from '../parts/icon.mjs';
import { status } from '../parts/parts.mjs';
import { chooseFile } from '../parts/choose_file.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { commonStart, complete } from './drawer/completion.mjs';
import { handOver, terminal } from './drawer/terminal.mjs';

const meanings = { 1: 'input', 2: 'network or chain', 3: 'configuration', 130: 'interrupted' };

export class Drawer extends Part {
  static properties = { candidates: { state: true }, tall: { state: true } };

  constructor() {
    super();
    this.candidates = [];
    this.at = undefined; // which line of the history is shown; none: the one being typed
    this.watch(terminal);
  }

  /** Takes the focus; a line given is run at once, `typed` is only put there. */
  async open(line, { typed } = {}) {
    await this.updateComplete;
    if (typed !== undefined) this.#set(typed);
    if (line !== undefined && !terminal.running) terminal.run(line);
    this.querySelector('.prompt input')?.focus();
  }

  updated() {
    const transcript = this.querySelector('.transcript');
    transcript.scrollTop = transcript.scrollHeight;
    this.querySelector('.answer input, .answer .button')?.focus();
    const had = this.wasRunning;
    this.wasRunning = terminal.running;
    if (had && !terminal.running && this.contains(document.activeElement)) this.#input().focus();
  }

  #input() {
    return this.querySelector('.prompt input');
  }

  #set(text) {
    this.#input().value = text;
    this.candidates = [];
  }

  #submit(event) {
    event.preventDefault();
    const line = this.#input().value;
    if (line.trim() === '' || terminal.running) return;
    this.#set('');
    this.at = undefined;
    terminal.run(line);
  }

  #recall(step) {
    const { history } = terminal;
    this.at = Math.max(0, Math.min(history.length, (this.at ?? history.length) + step));
    this.#set(history[this.at] ?? '');
  }

  async #complete() {
    const line = this.#input().value;
    const { head, words } = await complete(line);
    if (this.#input().value !== line) return; // typed on meanwhile
    if (words.length === 1) this.#set(`${head}${words[0]} `);
    else if (words.length > 1) {
      this.#set(head + commonStart(words));
      this.candidates = words;
    } else this.candidates = [];
  }

  // Tab completes after something was typed; an empty line, or Esc, lets it go on to the next control.
  #typing(event) {
    const { key } = event;
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      event.preventDefault();
      this.#recall(key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'Tab' && !event.shiftKey && event.target.value.trim() !== '' && !this.leaving) {
      event.preventDefault();
      this.#complete();
    }
    this.leaving = key === 'Escape';
  }

  #keydown(event) {
    const { key, ctrlKey } = event;
    if (ctrlKey && key === 'c' && terminal.running && String(window.getSelection()) === '') {
      event.preventDefault();
      terminal.stop();
    } else if (ctrlKey && key === 'l') {
      event.preventDefault();
      terminal.clear();
    } else if (key === 'Escape' && this.candidates.length > 0) this.candidates = [];
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
    document.querySelector('.room')?.focus();
  }

  #part({ stream, text }) {
    const said = stream === 'err' ? html`<span class="unseen">stderr: </span>` : nothing;
    return html`<pre class=${stream}>${said}<span class="written">${text}</span></pre>`;
  }

  #outcome({ code, note }) {
    if (note) return html`<div class="outcome">${status('bad', note)}</div>`;
    if (code === undefined) return nothing;
    const meaning = meanings[code] ? ` · ${meanings[code]}` : '';
    return html`<div class="outcome">${status(code === 0 ? 'good' : 'bad', `exit ${code}${meaning}`)}</div>`;
  }

  #entry(entry) {
    return html`<div class="run">
      <div class="line"><span aria-hidden="true">$</span> <code class="mono">peaqos ${entry.line}</code></div>
      ${entry.parts.map((part) => this.#part(part))}
      ${entry.saved.map(
        ({ path, bytes }) =>
          html`<div class="row tight small">
            ${icon('download', 14)} <span class="truncate">${path}</span>
            <button type="button" class="button little" @click=${() => handOver(path, bytes)}>Save again</button>
          </div>`,
      )}
      ${terminal.question?.entry === entry ? this.#question(terminal.question) : nothing} ${this.#outcome(entry)}
    </div>`;
  }

  #question({ kind, hidden, path, entry }) {
    if (kind === 'file')
      return html`<div class="answer row tight">
        <button
          type="button"
          class="button little primary"
          @click=${async () => {
            const file = await chooseFile();
            if (file) terminal.answer(file.bytes);
          }}
        >
          ${icon('file', 14)} Choose <code class="mono">${path}</code>
        </button>
        <button type="button" class="button little" @click=${() => terminal.answer(null)}>There is no such file</button>
      </div>`;
    const asked = entry.parts
      .findLast(({ stream }) => stream === 'err')
      ?.text.split('\n')
      .at(-1);
    return html`<form
      class="answer"
      @submit=${(event) => {
        event.preventDefault();
        const input = event.target.querySelector('input');
        const { value } = input;
        input.value = '';
        terminal.answer(value);
      }}
    >
      <input
        class="mono"
        type=${hidden ? 'password' : 'text'}
        aria-label=${asked?.trim() || 'Answer'}
        autocomplete="off"
        spellcheck="false"
        autocapitalize="none"
        @keydown=${(event) => {
          if (event.ctrlKey && event.key === 'd' && event.target.value === '') {
            event.preventDefault();
            terminal.answer(null);
          }
        }}
      />
    </form>`;
  }

  #hello() {
    return html`<p class="soft">
      Any <code class="mono">peaqos</code> command, as in a terminal. <kbd>Tab</kbd> completes, <kbd>↑</kbd> recalls,
      <kbd>Ctrl C</kbd> stops. <code class="mono">.env</code>, peaqos.log and the wallets are the console's own; other
      files come from your disk.
    </p>`;
  }

  render() {
    const { entries, running } = terminal;
    return html`<section class="drawer-frame ${this.tall ? 'tall' : ''}" aria-label="Command" @keydown=${this.#keydown}>
      <header>
        <h2>${icon('terminal')} Command</h2>
        ${
          running
            ? html`<button type="button" class="button little danger" @click=${() => terminal.stop()}>
                ${icon('square', 14)} Stop
              </button>`
            : nothing
        }
        <button
          type="button"
          class="button little quiet"
          ?disabled=${entries.length === 0}
          @click=${() => terminal.clear()}
        >
          Clear
        </button>
        <button
          type="button"
          class="button quiet icon little"
          aria-label=${this.tall ? 'Smaller' : 'Taller'}
          @click=${() => (this.tall = !this.tall)}
        >
          ${icon(this.tall ? 'down' : 'up')}
        </button>
        <button type="button" class="button quiet icon little" aria-label="Close the drawer" @click=${this.#close}>
          ${icon('cross')}
        </button>
      </header>
      <div class="transcript" role="log" aria-label="Output" tabindex="0">
        ${entries.length === 0 ? this.#hello() : entries.map((entry) => this.#entry(entry))}
      </div>
      <div class="candidates" role="status" ?hidden=${this.candidates.length === 0}>
        ${this.candidates.map((word) => html`<code class="mono">${word}</code>`)}
      </div>
      <form class="prompt" @submit=${this.#submit}>
        <label for="command-line"
          ><span aria-hidden="true">$</span> peaqos<span class="unseen"> command line</span></label
        >
        <input
          class="mono"
          id="command-line"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${running ? 'running' : '--help'}
          ?readonly=${running}
          @keydown=${this.#typing}
        />
      </form>
    </section>`;
  }
}
define('pq-drawer', Drawer);
