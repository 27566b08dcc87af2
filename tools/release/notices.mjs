// The file of licences that a package carries.
// SPDX-License-Identifier: Apache-2.0

const RULE = '='.repeat(80);

const titleOf = ({ name, version, part, licence }) => `${name} ${version}${part ? ` (${part})` : ''}: ${licence}`;

/** The text of THIRD-PARTY-NOTICES.txt for a package and [{name, version, part, licence, text}]. */
export function notices({ name, version }, components) {
  const list = components.map((component) => `  ${titleOf(component)}\n`).join('');
  const texts = components.map((component) => `${RULE}\n${titleOf(component)}\n\n${component.text}\n\n`).join('');
  return (
    `${name} ${version} contains these works of others, under their own licences:\n\n${list}\n${texts}`.trimEnd() + '\n'
  );
}
