// The passphrases of the wallets' own files are records of the vault: what opens the vault, a passkey too, unlocks signing.
// To see a secret, the person's passphrase is asked for afresh: the vault's, or the wallet's own.
// SPDX-License-Identifier: Apache-2.0
import { trouble } from '../vault/trouble.mjs';

/** Operations that make a wallet. */
export const makers = ['createWallet', 'importMnemonic', 'importPrivateKey'];

const bytesOf = (text) => new TextEncoder().encode(text);
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** What a page answers instead of a new passphrase: it is the vault's, which was typed a moment ago. */
const isVaults = (answer) => answer?.vault === true;

export const passphraseId = (wallet) => `passphrase:${wallet}`;

/**
 * Runs an operation, answering what it asks about passphrases where that is known. `call(operation, request, onQuestion)`
 * calls the core, `ask(question)` the person; `checkVault(passphrase)` throws unless it is the vault's; `vaults()` gives
 * the vault's as long as it is remembered.
 */
export async function withPassphrases({ records, operation, request, call, ask, checkVault, vaults }) {
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
      const answer = await ask(question);
      const typed = isVaults(answer) ? vaults() : answer;
      if (isVaults(answer) && typed === undefined)
        refusal = trouble('PASSPHRASE_FORGOTTEN', 'the passphrase is asked for again', 'Enter it, then try again');
      if (typed) fresh = { bytes: bytesOf(typed) };
      return typed ?? null;
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
