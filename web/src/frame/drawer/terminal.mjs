// The console's terminal: the lines that were run, what they wrote, and what the one that runs is asking. It goes on
// while its drawer is closed. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { split } from '../../format/words.mjs';
import { saveFile } from '../../parts/save_file.mjs';

/** A file that a command wrote, for the person's disk; there its path has no meaning. */
export const handOver = (path, bytes) => saveFile(path.split('/').at(-1), 'application/octet-stream', bytes);

const kept = 100; // lines, in the transcript and in the history

class Terminal extends EventTarget {
  /** {line, parts: [{stream: "out" | "err" | "echo", text}], code, note, saved: [{path, bytes}]}, oldest first. */
  entries = [];
  /** What the running line wants: {kind: "line", hidden} or {kind: "file", path}. */
  question;
  #cancel;
  #answer;

  constructor() {
    super();
    session.addEventListener('end', () => this.#leave());
  }

  /** Lines of earlier, oldest first; the vault keeps them. */
  get history() {
    return session.preferences.history ?? [];
  }

  get running() {
    return this.#cancel !== undefined;
  }

  #change() {
    this.dispatchEvent(new Event('change'));
  }

  // A locked console shows nothing of what was done in it.
  #leave() {
    Object.assign(this, { entries: [], question: undefined });
    this.#change();
  }

  clear() {
    this.entries = this.entries.filter(({ code, note }) => code === undefined && !note);
    this.#change();
  }

  /** Runs a line, with or without "peaqos" before it; resolves when it ended. */
  async run(line) {
    const entry = { line: line.replace(/^\s*(\$\s+)?(peaqos(\s+|$))?/, '').trimEnd(), parts: [], saved: [] };
    this.entries = [...this.entries.slice(1 - kept), entry];
    try {
      await this.#start(entry, split(entry.line));
    } catch (error) {
      entry.note = error.message;
    }
    await this.#remember(entry.line);
    this.#change();
  }

  // A line with a key in it is not offered again.
  async #remember(line) {
    if (session.state !== 'open' || line.includes('--orch-api-key') || this.history.at(-1) === line) return;
    await session.prefer({ history: [...this.history, line].slice(-kept) });
  }

  async #start(entry, argv) {
    this.#cancel = new AbortController();
    this.#change();
    try {
      entry.code = await session.run(argv, {
        signal: this.#cancel.signal,
        text: (part) => this.#write(entry, part),
        line: ({ hidden }) => this.#ask(entry, { kind: 'line', hidden }),
        file: ({ path }) => this.#ask(entry, { kind: 'file', path }),
        save: ({ path, bytes }) => this.#save(entry, path, bytes),
      });
    } finally {
      this.#cancel = this.question = this.#answer = undefined;
      session.touched();
      network.refresh();
    }
  }

  #write(entry, { stream, text }) {
    const last = entry.parts.at(-1);
    if (last?.stream === stream) last.text += text;
    else entry.parts.push({ stream, text });
    this.#change();
  }

  #save(entry, path, bytes) {
    entry.saved.push({ path, bytes });
    handOver(path, bytes);
    this.#change();
  }

  #ask(entry, question) {
    this.question = { ...question, entry };
    this.#change();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  /** Answers the question: a line's text, a file's bytes, or null for none. */
  answer(value) {
    if (!this.question) return;
    const { kind, hidden, entry, path } = this.question;
    const shown = kind === 'file' ? (value ? `${path}: ${value.length} bytes` : `${path}: none`) : (value ?? '^D');
    this.#write(entry, { stream: 'echo', text: `${hidden && value !== null ? '' : shown}\n` });
    const answer = this.#answer;
    this.question = this.#answer = undefined;
    this.#change();
    answer(value);
  }

  /** As Ctrl-C. */
  stop() {
    this.#cancel?.abort();
    this.#answer?.(null);
  }
}

export const terminal = new Terminal();
