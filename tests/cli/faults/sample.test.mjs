// A sample of the same on the Node command, which logs its requests meanwhile.
// SPDX-License-Identifier: Apache-2.0
import { oneOf } from '../../support/depth.mjs';
import { matrix } from './matrix.mjs';
import { subjects } from './subjects.mjs';

await matrix(Object.keys(subjects), { command: 'peaqos', options: ['-v'], every: oneOf(4) * 9 });
