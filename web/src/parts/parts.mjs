// The parts that have no state of their own: functions from values to templates.
// SPDX-License-Identifier: Apache-2.0
import './as_command.mjs';
import './command_strip.mjs';
import { icon } from './icon.mjs';
import { html, nothing } from './part.mjs';

let fields = 0;

/**
 * A labelled control. `control` gets {id, describedby, invalid} and returns the template of the input itself:
 * field({ label: 'Name', hint: '...', error: this.problem, control: (a) => html`<input class="input" id=${a.id} ...>` }).
 * Give `id` when the field is rendered more than once, or the label would lose its control.
 */
export function field({ label, hint, error, id = `field-${++fields}`, control }) {
  const describedby = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${control({ id, describedby, invalid: error ? 'true' : nothing })}
    ${error ? html`<p class="error" id="${id}-error">${icon('warning', 14)} ${error}</p>` : nothing}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
  </div>`;
}

/** The words of a button that stands in many rows: what it acts on is said to screen readers alone. */
export const actOn = (act, what) => html`<span>${act}<span class="unseen"> ${what}</span></span>`;

/** The button that sends a form. While what it began runs it turns, and cannot be pressed again. */
export const sendButton = (text, { symbol = 'check', busy, danger = false }) =>
  html`<button class="button ${danger ? 'danger' : 'primary'}" ?disabled=${busy}>
    ${busy ? html`<span class="spinner"></span>` : icon(symbol)} ${text}
  </button>`;

const shapes = { good: 'dot', warn: 'triangle', bad: 'square', busy: 'ring' };

/** A state as shape, word and colour. Tones: good, warn, bad, busy, or none. */
export const status = (tone, word) =>
  html`<span class="status" data-tone=${tone ?? ''}>${icon(shapes[tone] ?? 'ring', 12)} ${word}</span>`;

/** A word in a rounded box; with `remove` it can be taken away. */
export const chip = (text, remove) =>
  html`<span class="chip"
    ><span class="truncate">${text}</span>${
      remove
        ? html`<button type="button" aria-label="Remove ${text}" @click=${remove}>${icon('cross', 12)}</button>`
        : nothing
    }</span
  >`;

/** The tone of a rating. */
export const toneOf = (letter) =>
  /^A/.test(letter) ? 'good' : /^B/.test(letter) ? 'warn' : /^[CDF]/.test(letter) ? 'bad' : '';

/** A credit rating's letters. */
export const rating = (letters) => html`<span class="rating" data-tone=${toneOf(letters)}>${letters}</span>`;

/** What a view shows while its content is on the way: lines of the final height. */
export const skeleton = (lines = 3) =>
  html`<div class="stack" role="status">
    <span class="unseen">Loading</span>
    ${Array.from({ length: lines }, () => html`<span class="bone"></span>`)}
  </div>`;

/** A view without content: what it is for, the one action to begin, the command that does the same. */
export const empty = ({ symbol, title, text, action, argv }) =>
  html`<div class="empty">
    ${symbol ? icon(symbol, 40) : nothing}
    <h2>${title}</h2>
    <p>${text}</p>
    ${action ?? nothing} ${argv ? html`<pq-command .argv=${argv}></pq-command>` : nothing}
  </div>`;

/** A clause as a sentence. */
export const sentence = (text) =>
  text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}` : '';

/**
 * An error where its content would be: what happened, whether money moved (`money`, a sentence), what to do next.
 * `actions` are buttons.
 */
export const failure = (error, { money, actions } = {}) =>
  html`<div class="notice" data-tone="bad" role="alert">
    ${icon('warning')}
    <strong>${sentence(error.message)}</strong>
    ${money ? html`<p>${money}</p>` : nothing} ${error.hint ? html`<p>${sentence(error.hint)}</p>` : nothing}
    ${actions ? html`<div class="row">${actions}</div>` : nothing}
  </div>`;

/** A remark. Tones as for status. */
export const notice = (tone, text, actions) =>
  html`<div class="notice" data-tone=${tone ?? ''}>
    ${icon(tone === 'good' ? 'check' : tone ? 'warning' : 'info')}
    <div>${text}</div>
    ${actions ? html`<div class="row">${actions}</div>` : nothing}
  </div>`;

/** One of the few numbers at a room's head; several stand in <dl class="figures">. */
export const figure = (label, value) =>
  html`<div class="figure">
    <dt>${label}</dt>
    <dd>${value ?? html`<span class="bone"></span>`}</dd>
  </div>`;

/** The head of a room: its name, and what can be done here. */
export const roomHead = (title, actions = nothing) =>
  html`<header class="room-head">
    <h1>${title}</h1>
    ${actions === nothing ? nothing : html`<div class="row tight">${actions}</div>`}
  </header>`;

/** The foot of a room: the command line that would do the same. */
export const asCommand = (argv) =>
  html`<footer class="room-foot"><pq-as-command .argv=${argv}></pq-as-command></footer>`;
