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

/** Minor units of an ISO 4217 currency: "USD 1.23", "JPY 123". Other codes have no known decimals: "123 USDC units". */
export function money(minor, currency) {
  if (!/^[A-Z]{3}$/.test(currency)) return `${decimal(minor, 0)} ${currency} units`;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return `${currency} ${decimal(minor, maximumFractionDigits)}`;
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
