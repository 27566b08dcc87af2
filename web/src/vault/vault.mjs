// The vault: created once, opened by passphrase or passkey. Lives in the worker; the page never has the data key.
// SPDX-License-Identifier: Apache-2.0
import { openDatabase } from './database.mjs';
import { encryptedRecords } from './records.mjs';
import { makeSlot, openSlot } from './slots.mjs';
import { trouble } from './trouble.mjs';
import { countingTries } from './tries.mjs';

export const shortest = 12; // characters of a passphrase

const bytesOf = (passphrase) => {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  if ([...passphrase].length < shortest)
    throw trouble('SHORT_PASSPHRASE', `a passphrase needs at least ${shortest} characters`);
  return bytes;
};

const header = (database) => database.get('vault', 'header');

const alone = (action) => navigator.locks.request('peaqos-vault', action);

/** What can be said of a vault that is locked: {exists, passkeys: [{label, credentialId, salt}]}. */
export async function vaultStatus() {
  const database = await openDatabase();
  try {
    const found = await header(database);
    const passkeys = (found?.slots ?? []).filter(({ kind }) => kind === 'passkey');
    return {
      exists: Boolean(found),
      passkeys: passkeys.map(({ label, credentialId, salt }) => ({ label, credentialId, salt })),
    };
  } finally {
    database.close();
  }
}

/** Makes the vault of this origin; another one there is never replaced. */
export function createVault(passphrase) {
  return alone(async () => {
    const database = await openDatabase();
    if (await header(database)) throw trouble('VAULT_EXISTS', 'this browser has a vault already', 'Unlock it');
    const id = crypto.randomUUID();
    const dataKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
    const slot = await makeSlot(id, dataKey, bytesOf(passphrase), { kind: 'passphrase' });
    await database.put('vault', 'header', { version: 1, id, slots: [slot] });
    return encryptedRecords(database, id, await openSlot(id, slot, bytesOf(passphrase)));
  });
}

async function found(database) {
  const known = await header(database);
  if (!known) throw trouble('NO_VAULT', 'this browser has no vault', 'Create one');
  if (known.version !== 1)
    throw trouble('NEWER_VAULT', 'a newer console made this vault', 'Update peaqos, then open the console again');
  return known;
}

const slotOf = ({ slots }, kind, matches = () => true) => slots.find((slot) => slot.kind === kind && matches(slot));
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Opens the vault: `by` is {passphrase}, or {credentialId, secret} with a passkey's PRF output. */
export function openVault(by, onTampered) {
  return alone(async () => {
    const database = await openDatabase();
    const vault = await found(database);
    return encryptedRecords(database, vault.id, await dataKeyOf(database, vault, by), onTampered);
  });
}

async function dataKeyOf(database, vault, { passphrase, credentialId, secret }, options) {
  if (passphrase === undefined) {
    const slot = slotOf(vault, 'passkey', (known) => same(known.credentialId, credentialId));
    if (!slot) throw trouble('UNKNOWN_PASSKEY', 'this passkey does not belong to the vault', 'Use the passphrase');
    return openSlot(vault.id, slot, secret, options);
  }
  const slot = slotOf(vault, 'passphrase');
  return countingTries(database, () =>
    openSlot(vault.id, slot, new TextEncoder().encode(passphrase.normalize('NFKC')), options),
  );
}

// Changes the slots, behind a passphrase given afresh.
function changeSlots(passphrase, change) {
  return alone(async () => {
    const database = await openDatabase();
    try {
      const vault = await found(database);
      const dataKey = await dataKeyOf(database, vault, { passphrase }, { extractable: true });
      await database.put('vault', 'header', { ...vault, slots: await change(vault, dataKey) });
    } finally {
      database.close();
    }
  });
}

/** Throws unless the passphrase is the vault's. */
export const checkPassphrase = (passphrase) => changeSlots(passphrase, ({ slots }) => slots);

export const changePassphrase = (passphrase, next) =>
  changeSlots(passphrase, async ({ id, slots }, dataKey) => [
    await makeSlot(id, dataKey, bytesOf(next), { kind: 'passphrase' }),
    ...slots.filter(({ kind }) => kind !== 'passphrase'),
  ]);

/** One more way in; never the only one. */
export const addPasskey = (passphrase, { label, credentialId, salt, secret }) =>
  changeSlots(passphrase, async ({ id, slots }, dataKey) => [
    ...slots,
    await makeSlot(id, dataKey, secret, { kind: 'passkey', salt, label, credentialId }),
  ]);

export const removePasskey = (passphrase, credentialId) =>
  changeSlots(passphrase, ({ slots }) =>
    slots.filter((slot) => slot.kind !== 'passkey' || !same(slot.credentialId, credentialId)),
  );
