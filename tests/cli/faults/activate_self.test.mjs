// An activation of one's own machine: every request, every fault.
// SPDX-License-Identifier: Apache-2.0
import { matrix } from './matrix.mjs';

await matrix(['activate self']);
