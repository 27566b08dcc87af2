// Texts to sign, which prove that a key is at hand: each good once, and for a time.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { recoverMessageAddress } from 'viem';
import { toJson } from '../../json.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { isoTime } from './switches.mjs';

export const METHOD = 'eip191';

export class Challenges {
  #switches;
  #kind;
  #errors;
  #title;
  #open = new Map(); // id -> {id, key, message, expires}; used ones are not there

  // `kind` begins the ids, `errors` the codes (as 'AGENT_PAIRING_PROOF'), `title` the texts.
  constructor(switches, { kind, errors, title }) {
    this.#switches = switches;
    this.#kind = kind;
    this.#errors = errors;
    this.#title = title;
  }

  // The challenge for a purpose, {name: text}: the one that waits for the same purpose, while it is good.
  issue(purpose) {
    const now = this.#switches.now();
    const key = toJson(purpose);
    const waiting = [...this.#open.values()].find((challenge) => challenge.key === key && challenge.expires > now);
    if (waiting) return waiting;
    const expires = now + this.#switches.settings.challengeSeconds * 1000;
    const lines = [
      this.#title,
      '',
      ...Object.entries(purpose)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}: ${value}`),
      `nonce: ${randomBytes(16).toString('hex')}`,
      `issued: ${isoTime(now)}`,
      `expires: ${isoTime(expires)}`,
    ];
    const challenge = { id: newId(this.#kind), key, message: lines.join('\n'), expires };
    this.#open.set(challenge.id, challenge);
    return challenge;
  }

  // Checks a proof {challengeId, signature} for a purpose by one of these addresses: {challenge, signer}. It is used up
  // by use(challenge), when what it was for is done.
  async verify(proof, purpose, signers) {
    if (!proof) throw refuse(`${this.#errors}_REQUIRED`);
    const challenge = this.#open.get(proof.challengeId);
    const wrong = (message) => refuse(`${this.#errors}_INVALID`, { message });
    if (challenge?.key !== toJson(purpose))
      throw wrong(challenge ? 'the challenge is for something else' : 'there is no such challenge, or it was used');
    if (challenge.expires <= this.#switches.now()) throw refuse(`${this.#errors}_EXPIRED`);
    const signer = await recoverMessageAddress({ message: challenge.message, signature: hex(proof.signature) }).catch(
      () => {
        throw wrong('the signature is malformed');
      },
    );
    if (!signers.includes(signer)) throw wrong(`the challenge is signed by ${signer}, not by ${signers.join(' or ')}`);
    return { challenge, signer };
  }

  // Throws when another request was faster.
  use(challenge) {
    if (!this.#open.delete(challenge.id))
      throw refuse(`${this.#errors}_INVALID`, { message: 'the challenge was used' });
  }
}

// Wallets write signatures with 0x or without.
const hex = (signature) => (signature.startsWith('0x') ? signature : `0x${signature}`);
