// The command drawer: any peaqos command line, with the output and the exit code that a terminal shows.
// SPDX-License-Identifier: Apache-2.0
import { define, html, Part } from '../parts/part.mjs';

export class Drawer extends Part {
  open() {}

  render() {
    return html`<p></p>`;
  }
}
define('pq-drawer', Drawer);
