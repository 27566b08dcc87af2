// What the form of an activation held, so that a reload can go on. Everything in it goes to the chain anyway; a
// machine's key is never kept.
// SPDX-License-Identifier: Apache-2.0

const stored = 'peaqos-activation';

export function draft() {
  try {
    const {
      docUrl = '',
      dataApi = '',
      visibility = '',
      machine = '',
      alias = '',
      open = false,
    } = JSON.parse(localStorage.getItem(stored));
    return { docUrl, dataApi, visibility, machine, alias, open };
  } catch {
    return { docUrl: '', dataApi: '', visibility: '', machine: '', alias: '', open: false };
  }
}

/** `open`: an activation with these fields has begun and not ended. */
export const keepDraft = (fields) => localStorage.setItem(stored, JSON.stringify(fields));
