// An activation by an operator: every request, every fault.
// SPDX-License-Identifier: Apache-2.0
import { matrix } from './matrix.mjs';

await matrix(['activate proxy']);
