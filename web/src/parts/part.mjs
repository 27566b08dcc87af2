// The base of the console's elements: Lit without shadow roots, so that one stylesheet, labels, password managers and
// the browser's search reach everything.
// SPDX-License-Identifier: Apache-2.0
import { LitElement } from 'lit';

export { html, nothing, svg } from 'lit';

export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Renders again whenever `target` (an EventTarget) says `change`, as long as the element is in the page. */
  watch(target) {
    const again = () => this.requestUpdate();
    this.addController({
      hostConnected: () => target.addEventListener('change', again),
      hostDisconnected: () => target.removeEventListener('change', again),
    });
  }
}

/** Registers an element once. */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
