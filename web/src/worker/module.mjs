// The core's module, loaded when it is first needed.
// SPDX-License-Identifier: Apache-2.0
/* global WASM_FILE */
import { callModule, runModule } from '../../../wasm/client.mjs';
import factory from '../../../wasm/dist/peaqos.mjs';
import { RelayedRequest } from './relay.mjs';

export { callModule, runModule };

/** `relayed`: `peaqos console` serves the page. */
export const start = ({ relayed }) =>
  factory({
    locateFile: () => new URL(WASM_FILE, import.meta.url).href,
    ...(relayed && { XMLHttpRequest: RelayedRequest }),
  });
