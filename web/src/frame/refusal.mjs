// What to say beside the field when a passphrase was refused; undefined when something else is wrong.
// SPDX-License-Identifier: Apache-2.0

export function refusalOf({ code, seconds }) {
  if (code === 'WRONG_SECRET') return 'That is not the passphrase of this vault. Nothing was changed.';
  if (code === 'SLOW_DOWN') return `Too many wrong tries. Wait ${seconds} s, then try again; nothing was deleted.`;
  return undefined;
}
