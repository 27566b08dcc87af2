// Who has 2FA at the Gas Station, and which codes are good. Owners are checksummed addresses.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { base32, STEP_SECONDS, totp } from '../totp.mjs';

const GOOD_STEPS = 2; // the current code and the one before: people type slowly
const KNOWN_STEPS = 10; // five minutes: codes older than that are wrong, not expired
const WRONG_CODES = 5; // in a row, then the owner is locked

export class TwoFactor {
  #refuse;
  #owners = new Map(); // owner -> {secret, uri, image, active}
  #wrong = new Map(); // owner -> wrong codes in a row; a new secret does not forget them

  // `refuse(code)` makes the error to throw.
  constructor(refuse) {
    this.#refuse = refuse;
  }

  // A new secret until the owner has confirmed one: {uri, image}, `image` being what uriOf() knows it by.
  setUp(owner) {
    if (this.#owners.get(owner)?.active) throw this.#refuse('2FA_ALREADY_CONFIGURED');
    const secret = randomBytes(20);
    const image = randomBytes(16).toString('hex');
    const uri = `otpauth://totp/peaqOS%20devnet:${owner}?secret=${base32(secret)}&issuer=peaqOS%20devnet`;
    this.#owners.set(owner, { secret, uri, image, active: false });
    return { uri, image };
  }

  // A second confirmation is as good as the first: its answer may have been lost.
  confirm(owner, code) {
    this.#check(owner, code);
    this.#owners.get(owner).active = true;
  }

  require(owner, code) {
    if (this.#owners.get(owner)?.active === false) throw this.#refuse('2FA_NOT_ACTIVE');
    this.#check(owner, code);
  }

  // What an authenticator shows at a time, now if not said otherwise; undefined for an owner that has set nothing up.
  codeOf(owner, offsetSeconds = 0) {
    const entry = this.#owners.get(owner);
    return entry && totp(entry.secret, Math.floor(Date.now() / 1000) + offsetSeconds);
  }

  // The URI that an image shows, while it still helps anyone.
  uriOf(image) {
    return [...this.#owners.values()].find((entry) => entry.image === image && !entry.active)?.uri;
  }

  lock(owner, locked) {
    this.#wrong.set(owner, locked ? WRONG_CODES : 0);
  }

  #check(owner, code) {
    if (!this.#owners.has(owner)) throw this.#refuse('2FA_NOT_CONFIGURED');
    const wrong = this.#wrong.get(owner) ?? 0;
    if (wrong >= WRONG_CODES) throw this.#refuse('2FA_LOCKED');
    const steps = Array.from({ length: KNOWN_STEPS }, (_, step) => this.codeOf(owner, -step * STEP_SECONDS));
    const age = steps.indexOf(code);
    if (age >= GOOD_STEPS) throw this.#refuse('TOTP_EXPIRED');
    this.#wrong.set(owner, age < 0 ? wrong + 1 : 0);
    if (age < 0) throw this.#refuse(wrong + 1 < WRONG_CODES ? 'INVALID_2FA' : '2FA_LOCKED');
  }
}
