// Handing a file to the person's own disk.
// SPDX-License-Identifier: Apache-2.0

/** saveFile('fleet.csv', 'text/csv', text or bytes) */
export function saveFile(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
