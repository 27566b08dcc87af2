// The steps of an activation as they fill.
// SPDX-License-Identifier: Apache-2.0
import { coins } from '../../format/amount.mjs';
import '../../parts/digits.mjs';
import { icon } from '../../parts/icon.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { qr } from '../../parts/qr.mjs';
import '../../parts/value.mjs';

const marks = {
  waiting: (number) => html`<span class="mark">${number}</span>`,
  running: () => html`<span class="mark"><span class="spinner"></span></span>`,
  done: () => html`<span class="mark">${icon('check', 14)}</span>`,
  skipped: () => html`<span class="mark">${icon('check', 14)}</span>`,
  failed: () => html`<span class="mark">${icon('cross', 14)}</span>`,
};
const words = {
  waiting: 'Not started',
  running: 'Running',
  done: 'Done',
  skipped: 'Skipped',
  failed: 'Stopped',
};

const line = ({ text, hash, fee, tone }) =>
  html`<p class="line" data-tone=${tone ?? ''}>
    <span>${text}</span>
    ${hash ? html`<pq-value .text=${hash} label="transaction"></pq-value>` : nothing}
    ${fee ? html`<span class="faint small">fee ${coins(fee, 'PEAQ', 6)}</span>` : nothing}
  </p>`;

const code = (run) =>
  html`<div class="two-factor">
    ${
      run.enrolment
        ? html`${qr(run.enrolment.qr, 'QR code for an authenticator app')}
            <div class="stack tight">
              <p>Scan this with an authenticator app, then type the code that it shows.</p>
              <details class="more">
                <summary>No camera at hand?</summary>
                <p class="small">Give the app this address instead:</p>
                <pq-value .text=${run.enrolment.uri} label="otpauth address"></pq-value>
              </details>
            </div>`
        : html`<p>Type the code that your authenticator app shows.</p>`
    }
    <div class="stack tight code">
      <pq-digits label="Code of six digits" @complete=${(event) => run.answer(event.detail)}></pq-digits>
      ${run.refusal ? html`<p class="status" role="alert" data-tone="bad">${icon('warning', 14)} ${run.refusal}</p>` : nothing}
    </div>
  </div>`;

export const track = (run) =>
  html`<ol class="steps" aria-label="Steps of the activation">
    ${run.steps.map((step) => {
      const asks = run.wantsCode && step.state === 'running';
      return html`<li
        data-state=${step.state}
        data-tone=${step.tone ?? ''}
        aria-current=${step.state === 'running' ? 'step' : nothing}
      >
        ${marks[step.state](step.number)}
        <div class="stack tight">
          <h2>${step.title} <span class="state">${words[step.state]}</span></h2>
          ${step.lines.map(line)} ${asks ? code(run) : nothing}
        </div>
      </li>`;
    })}
  </ol>`;
