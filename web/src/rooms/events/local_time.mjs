// Unix seconds as <input type="datetime-local"> wants them, in the user's own time zone, and back.
// SPDX-License-Identifier: Apache-2.0

const two = (number) => String(number).padStart(2, '0');

export function localTime(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const at = new Date(seconds * 1000);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** NaN for a text that is no date and time. */
export const unixTime = (text) => Math.floor(new Date(text).getTime() / 1000);
