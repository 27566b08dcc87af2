// Settings: what this console is, what it is made of, and what it does not do.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { failure, skeleton } from '../../parts/parts.mjs';
import { define, html, Part } from '../../parts/part.mjs';
import { openSheet } from '../../parts/sheet.mjs';

async function version() {
  let text = '';
  await session.run(['--version'], { text: (part) => (text += part.text) });
  return text.trim();
}

function showLicences() {
  let pieces;
  let error;
  return openSheet({
    title: 'Licences',
    content({ update }) {
      if (!pieces && !error) {
        fetch('licences.json')
          .then((answer) => answer.json())
          .then(
            (list) => (pieces = list),
            () => (error = { message: 'the licences could not be loaded', hint: 'Check the connection' }),
          )
          .finally(update);
      }
      if (error) return failure(error);
      if (!pieces) return skeleton(6);
      return html`<ul class="stack tight">
        ${pieces.map(
          ({ name, version, licence, text }) =>
            html`<li>
              <details>
                <summary><strong>${name}</strong> ${version} <span class="soft">${licence}</span></summary>
                <pre class="licence">${text}</pre>
              </details>
            </li>`,
        )}
      </ul>`;
    },
  });
}

export class About extends Part {
  static properties = { version: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    version().then((text) => (this.version = text));
  }

  render() {
    return html`<section class="section" aria-labelledby="about">
      <h2 id="about">About</h2>
      <dl class="facts">
        <dt>Version</dt>
        <dd class="mono">${this.version ?? html`<span class="bone"></span>`}</dd>
        <dt>Telemetry</dt>
        <dd>None. The console calls the endpoints above and nobody else.</dd>
        <dt>Served by</dt>
        <dd>
          ${session.served ? 'peaqos console on this machine, which relays the calls' : `${location.host}; this page makes the calls itself`}
        </dd>
        <dt>Licence</dt>
        <dd class="row">
          Apache-2.0
          <button type="button" class="button little" @click=${showLicences}>Licences of its parts</button>
        </dd>
      </dl>
    </section>`;
  }
}
define('pq-settings-about', About);
