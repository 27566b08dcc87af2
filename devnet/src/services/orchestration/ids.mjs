// Names of new things, as mach_61f043950cf1.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';

export const newId = (kind) => `${kind}_${randomBytes(6).toString('hex')}`;
