// Commands that only read, and init: every request, every fault.
// SPDX-License-Identifier: Apache-2.0
import { matrix } from './matrix.mjs';

await matrix(['whoami', 'init', 'qualify mcr', 'show machine', 'show operator machines']);
