// Key slots: the vault's data key, wrapped once by the passphrase and once by each passkey. A slot carries everything
// that opening it needs, and all of that is authenticated, so that parameters cannot be weakened unseen.
// SPDX-License-Identifier: Apache-2.0
import { tampered, trouble } from './trouble.mjs';

export const iterations = 600_000; // OWASP, Password Storage Cheat Sheet, for PBKDF2-HMAC-SHA256

const utf8 = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

const about = (vault, { version, kind, kdf, iterations, salt }) =>
  utf8(JSON.stringify(['peaqos key slot', vault, version, kind, kdf, iterations ?? 0, hex(salt)]));

// The secret of a slot, stretched: a key that wraps, and a value that tells a wrong secret from a changed slot.
async function stretch(secret, { kdf, iterations: rounds, salt }) {
  const material = await crypto.subtle.importKey('raw', secret, kdf === 'HKDF-SHA-256' ? 'HKDF' : 'PBKDF2', false, [
    'deriveBits',
  ]);
  const parameters =
    kdf === 'HKDF-SHA-256'
      ? { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('peaqos slot') }
      : { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(parameters, material, 256));
  const root = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey', 'deriveBits']);
  bits.fill(0);
  const branch = (info) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) });
  const wrapping = await crypto.subtle.deriveKey(branch('wrap'), root, { name: 'AES-GCM', length: 256 }, false, [
    'wrapKey',
    'unwrapKey',
  ]);
  return { wrapping, check: new Uint8Array(await crypto.subtle.deriveBits(branch('check'), root, 128)) };
}

/** A new slot for an extractable data key. `secret` is bytes; `kind` is "passphrase" or "passkey". */
export async function makeSlot(vault, dataKey, secret, { kind, salt = random(16), ...facts }) {
  const kdf = kind === 'passkey' ? 'HKDF-SHA-256' : 'PBKDF2-SHA-256';
  const slot = { version: 1, kind, kdf, salt, ...(kind === 'passphrase' && { iterations }), ...facts };
  const { wrapping, check } = await stretch(secret, slot);
  const iv = random(12);
  const cipher = { name: 'AES-GCM', iv, additionalData: about(vault, slot) };
  return { ...slot, check, iv, wrapped: new Uint8Array(await crypto.subtle.wrapKey('raw', dataKey, wrapping, cipher)) };
}

/** The data key of a slot. Throws WRONG_SECRET or TAMPERED. */
export async function openSlot(vault, slot, secret, { extractable = false } = {}) {
  const known = slot.version === 1 && (slot.kind !== 'passphrase' || slot.iterations >= iterations);
  if (!known) throw tampered('The key of this vault');
  const { wrapping, check } = await stretch(secret, slot);
  if (!equal(check, slot.check)) throw trouble('WRONG_SECRET', 'that is not the passphrase of this vault');
  const cipher = { name: 'AES-GCM', iv: slot.iv, additionalData: about(vault, slot) };
  try {
    return await crypto.subtle.unwrapKey('raw', slot.wrapped, wrapping, cipher, 'AES-GCM', extractable, [
      'encrypt',
      'decrypt',
    ]);
  } catch {
    throw tampered('The key of this vault');
  }
}
