// Amounts with their units. Whole numbers of minor units, as bigint or decimal text: none is rounded in secret.
// SPDX-License-Identifier: Apache-2.0

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** 1234567n, 2 -> "12,345.67"; zeros at the end are kept. */
export function decimal(minor, digits) {
  const text = String(minor);
  const sign = text.startsWith('-') ? '-' : '';
  const padded = text.replace('-', '').padStart(digits + 1, '0');
  const whole = grouped(padded.slice(0, padded.length - digits));
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`;
}

/** How many decimals an ISO 4217 currency has: 2 for USD, 0 for JPY; undefined for other codes. */
export function digitsOf(currency) {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

/** Minor units of an ISO 4217 currency: "USD 1.23", "JPY 123". Other codes have no known decimals: "123 USDC units". */
export function money(minor, currency) {
  const digits = digitsOf(currency);
  return digits === undefined ? `${decimal(minor, 0)} ${currency} units` : `${currency} ${decimal(minor, digits)}`;
}

/**
 * Reads an amount in major units: minorUnits('1,250.5', 2) -> { minor: '125050' }. `problem` is a sentence when the text
 * is not such an amount. A comma only groups thousands, since elsewhere it is the decimal point.
 */
export function minorUnits(text, digits) {
  const example = digits === 0 ? '125' : `12.${'50'.padEnd(digits, '0').slice(0, digits)}`;
  const [, whole, fraction = ''] = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (text === '') return { problem: `Enter an amount, such as ${example}` };
  if (whole === undefined) return { problem: `Not an amount. Enter digits with a decimal point, such as ${example}` };
  if (fraction.length > digits) {
    const places = digits === 0 ? 'no decimals' : `at most ${digits} decimals`;
    return { problem: `This currency has ${places}, such as ${example}` };
  }
  const minor = `${whole.replaceAll(',', '')}${fraction.padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '');
  return { minor };
}

/** Units of a token: tokens('1500000', 6, 'USDC') -> "1.50 USDC"; every digit that counts is shown. */
export function tokens(units, digits, symbol) {
  const [whole, fraction = ''] = decimal(units, digits).split('.');
  const shown = fraction.replace(/0+$/, '').padEnd(Math.min(2, digits), '0');
  return `${whole}${shown && `.${shown}`} ${symbol}`;
}

/** Wei as "1.2345 PEAQ", at most `places` decimals, cut off and never rounded up; less than can be shown is "< 0.0001". */
export function coins(wei, symbol = 'PEAQ', places = 4) {
  const exact = decimal(wei, 18);
  const [whole, fraction] = exact.split('.');
  const shown = fraction.slice(0, places).replace(/0+$/, '');
  if (whole === '0' && shown === '' && BigInt(wei) > 0n) return `< 0.${'0'.repeat(places - 1)}1 ${symbol}`;
  return `${whole}${shown && `.${shown}`} ${symbol}`;
}

/** 12345 -> "12,345". */
export const count = (number) => grouped(String(number));
