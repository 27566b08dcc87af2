// What the form of an activation held, kept in the vault so that a reload can go on. A machine's key is never kept.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';

const blank = {
  ...{ docUrl: '', dataApi: '', visibility: '', machine: '', alias: '', open: false },
  ...{ machineType: '', credentialSubjectHex: '', tier: '', didDocument: '' },
};

export const draft = () => ({ ...blank, ...session.preferences.activation });

/** `open`: an activation with these fields has begun and not ended. */
export async function keepDraft(fields) {
  if (session.state === 'open') await session.prefer({ activation: fields });
}
