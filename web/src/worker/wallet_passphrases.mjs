// Each wallet's own passphrase, as a record of the vault: whoever unlocked the vault, by passphrase or passkey, signs
// without typing it again. Showing a secret asks for it afresh, always.
// SPDX-License-Identifier: Apache-2.0

const idOf = (wallet) => `passphrase:${wallet}`;
const makes = ['createWallet', 'importWallet'];
const copyOf = (value) => (typeof value === 'string' ? new TextEncoder().encode(value) : value.slice());

/** Runs an operation: `run` gets a function that answers its questions, `ask` asks the person. */
export async function withWalletPassphrases(records, { operation, request, ask, run }) {
  let typed; // by the person, or given with the request; kept once it has proved right
  let wallet; // whose it is; a new wallet's id is known at the end
  let usedRecord;

  async function answer(question) {
    const signs = question.name === 'passphrase' && question.wallet;
    if (!signs && question.name !== 'new_passphrase') return ask(question);
    const known = signs && (await records.get(idOf(question.wallet)));
    if (known) {
      usedRecord = question.wallet;
      return known.bytes.slice(); // the core overwrites what it gets
    }
    const reply = await ask(question);
    if (reply) [typed, wallet] = [copyOf(reply), question.wallet];
    return reply;
  }

  if (makes.includes(operation) && request.passphrase) typed = copyOf(request.passphrase);
  try {
    const value = await run(answer);
    if (typed) await records.put(idOf(wallet ?? value.id), typed, 0o600);
    if (operation === 'deleteWallet') await records.remove(idOf(value.id));
    return value;
  } catch (error) {
    // Another program changed the wallet's passphrase: the next try asks for it.
    if (usedRecord && error.code === 'BAD_PASSPHRASE') await records.remove(idOf(usedRecord));
    throw error;
  } finally {
    typed?.fill(0);
  }
}
