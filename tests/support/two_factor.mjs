// The second factor in the page, as a person with an authenticator app meets it: a code to scan, a code to paste.
// SPDX-License-Identifier: Apache-2.0
import jsQR from 'jsqr';
import { totp } from '../../devnet/src/totp.mjs';

const size = 400; // pixels

/** What a camera reads from the QR code that the page draws. */
export async function scanCode(page) {
  const pixels = await page.locator('svg.qr').evaluate(async (drawn, side) => {
    const svg = drawn.cloneNode(true);
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    svg.setAttribute('width', side);
    svg.setAttribute('height', side);
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg.outerHTML], { type: 'image/svg+xml' }));
    await image.decode();
    const context = new OffscreenCanvas(side, side).getContext('2d');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, side, side).data];
  }, size);
  return jsQR(Uint8ClampedArray.from(pixels), size, size)?.data;
}

/** Pastes a code into the first of its boxes. */
export const pasteCode = (page, code) =>
  page.getByLabel('Digit 1').evaluate((box, text) => {
    box.focus();
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, code);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows now for the address that it scanned (RFC 4648 base32, RFC 6238). */
export function codeOf(uri) {
  const letters = new URL(uri).searchParams.get('secret');
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  return totp(Buffer.from(bytes), Date.now() / 1000);
}
