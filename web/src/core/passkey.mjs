// Passkeys as keys: WebAuthn's PRF extension turns a salt into a secret that only the authenticator can make again.
// SPDX-License-Identifier: Apache-2.0

const random = () => crypto.getRandomValues(new Uint8Array(32));

const trouble = (code, message, hint = '') => Object.assign(new Error(message), { kind: 'input', code, hint });

/** Whether this browser, at this address, could have passkeys. */
export const passkeysPossible = () => Boolean(globalThis.PublicKeyCredential) && window.isSecureContext;

async function asked(ceremony) {
  try {
    return await ceremony();
  } catch (error) {
    if (error.name === 'NotAllowedError' || error.name === 'AbortError')
      throw trouble('NO_PASSKEY', 'no passkey was used', 'Try again, or use the passphrase');
    if (error.name === 'SecurityError')
      throw trouble('NO_PASSKEY', 'passkeys do not work at this address', 'Open the console at http://localhost');
    throw trouble('NO_PASSKEY', 'the passkey could not be used', 'Use the passphrase');
  }
}

/** Asks for one of the vault's passkeys: {credentialId, secret}. */
export async function passkeySecret(passkeys) {
  const evalByCredential = Object.fromEntries(
    passkeys.map(({ credentialId, salt }) => [base64url(credentialId), { first: salt }]),
  );
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(),
        allowCredentials: passkeys.map(({ credentialId }) => ({ type: 'public-key', id: credentialId })),
        userVerification: 'required',
        extensions: { prf: { evalByCredential } },
      },
    }),
  );
  const secret = credential.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw trouble('NO_PRF', 'this passkey makes no keys', 'Use the passphrase');
  return { credentialId: new Uint8Array(credential.rawId), secret: new Uint8Array(secret) };
}

/** Makes a passkey for the vault: {label, credentialId, salt, secret}. */
export async function makePasskey(label) {
  const salt = random();
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(),
        rp: { name: 'peaqos console' },
        user: { id: random(), name: label, displayName: label },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 }, // ES256
          { type: 'public-key', alg: -257 }, // RS256
        ],
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const { prf } = credential.getClientExtensionResults();
  if (!prf?.enabled)
    throw trouble('NO_PRF', 'this authenticator makes no keys (WebAuthn PRF)', 'Use another one, or the passphrase');
  const credentialId = new Uint8Array(credential.rawId);
  // Most authenticators give the secret only when they are asked for it.
  const secret = prf.results?.first
    ? new Uint8Array(prf.results.first)
    : (await passkeySecret([{ credentialId, salt }])).secret;
  return { label, credentialId, salt, secret };
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
