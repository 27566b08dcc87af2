// An activation that starts with money from the Gas Station: every request, every fault.
// SPDX-License-Identifier: Apache-2.0
import { matrix } from './matrix.mjs';

await matrix(['activate with the Gas Station']);
