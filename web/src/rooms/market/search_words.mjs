// A search as words of the command line.
// SPDX-License-Identifier: Apache-2.0

const flagOf = (member) => `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Words for the members of a search as the form gives them; before the first search a placeholder. */
export function searchWords(members = { serviceType: 'TYPE' }) {
  return Object.entries(members).flatMap(([member, value]) => {
    if (value === undefined || value === '' || value === false) return [];
    if (value === true) return [flagOf(member)];
    return [flagOf(member), Array.isArray(value) ? value.join(',') : String(value)];
  });
}
