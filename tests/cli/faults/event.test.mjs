// An event: every request, every fault.
// SPDX-License-Identifier: Apache-2.0
import { matrix } from './matrix.mjs';

await matrix(['qualify event']);
