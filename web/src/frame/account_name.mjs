// The hidden account that password managers keep the vault's passphrase under: a form with a passphrase alone has no name.
// SPDX-License-Identifier: Apache-2.0
import { html } from '../parts/part.mjs';

export const accountName = html`<input
  class="unseen"
  type="text"
  name="username"
  autocomplete="username"
  value="peaqos console"
  tabindex="-1"
  aria-hidden="true"
  readonly
/>`;
