// The passphrases of the wallets' own files are records of the vault: what opens the vault, a passkey too, unlocks signing.
// To see a secret, the person's passphrase is asked for afresh: the vault's, or the wallet's own.
// SPDX-License-Identifier: Apache-2.0

const makers = ['createWallet', 'importMnemonic', 'importPrivateKey'];

const bytesOf = (text) => new TextEncoder().encode(text);
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

export const passphraseId = (wallet) => `passphrase:${wallet}`;

/**
 * Runs an operation, answering what it asks about passphrases where that is known. `call(operation, request, onQuestion)`
 * calls the core, `ask(question)` the person; `checkVault(passphrase)` throws unless it is the vault's.
 */
export async function withPassphrases({ records, operation, request, call, ask, checkVault }) {
  let fresh; // {wallet, bytes}: what the person typed, kept once it has worked
  let refusal;

  async function toSign(question) {
    const { wallet } = question;
    const kept = await records.get(passphraseId(wallet));
    if (kept) return kept.bytes.slice();
    const typed = await ask(question);
    if (typed) fresh = { wallet, bytes: bytesOf(typed) };
    return typed;
  }

  async function toShow(question) {
    const { id } = await call('showWallet', { wallet: request.wallet });
    const kept = await records.get(passphraseId(id));
    const typed = await ask(question);
    if (!kept || typed === null || same(kept.bytes, bytesOf(typed))) return typed;
    try {
      await checkVault(typed);
      return kept.bytes.slice();
    } catch (error) {
      refusal = error;
      return null;
    }
  }

  async function onQuestion(question) {
    if (question.name === 'new_passphrase') {
      const typed = await ask(question);
      if (typed) fresh = { bytes: bytesOf(typed) };
      return typed;
    }
    if (question.name !== 'passphrase') return ask(question);
    return operation === 'exportWallet' ? toShow(question) : toSign(question);
  }

  try {
    const result = await call(operation, request, onQuestion);
    if (fresh && (fresh.wallet || makers.includes(operation)))
      await records.put(passphraseId(fresh.wallet ?? result.id), fresh.bytes, 0o600);
    if (operation === 'deleteWallet') await records.remove(passphraseId(result.id));
    return result;
  } catch (error) {
    throw refusal ?? error;
  }
}
