// Styles that depend on data, set property by property: the Content-Security-Policy refuses style attributes, and so
// Lit's styleMap.
// SPDX-License-Identifier: Apache-2.0
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

export const styled = directive(
  class extends Directive {
    render() {
      return noChange;
    }

    update(part, [properties]) {
      for (const [name, value] of Object.entries(properties)) part.element.style.setProperty(name, value);
      return noChange;
    }
  },
);
