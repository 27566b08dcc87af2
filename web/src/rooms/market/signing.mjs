// Who signs a challenge of the market: a wallet of the console, or somebody else, whose signature is pasted.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { html } from '../../parts/part.mjs';
import '../../parts/copy.mjs';
import { openSheet } from '../../parts/sheet.mjs';

/** Answers the question `signature`: with the wallet that is given, else with what the person pastes. */
export const signatureBy =
  (wallet) =>
  async ({ message, agent_address: address }) => {
    if (!wallet) return askForSignature(message, address);
    return (await session.call('signMessage', { wallet: wallet.id, message })).signature;
  };

function askForSignature(message, address) {
  return openSheet({
    title: 'A signature is needed',
    content: ({ close }) =>
      html`<form
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          close(new FormData(event.target).get('signature').trim());
        }}
      >
        <p class="soft">
          Sign this text with the key of
          ${address ? html`<code class="mono">${address}</code>` : 'a controller of the machine'} (EIP-191, “personal
          sign”), then paste the signature.
        </p>
        <pre class="licence">${message}</pre>
        <div><pq-copy .text=${message} label="text to sign"></pq-copy></div>
        <div class="field">
          <label for="signature">Signature</label>
          <textarea
            class="textarea mono"
            id="signature"
            name="signature"
            rows="3"
            spellcheck="false"
            placeholder="0x…"
            autofocus
          ></textarea>
        </div>
        <div class="actions"><button class="button primary">Continue</button></div>
      </form>`,
  }).then((answer) => answer ?? null);
}
