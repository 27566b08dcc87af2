// Files for the person's own disk, by the browser's download.
// SPDX-License-Identifier: Apache-2.0

export function saveOnDisk(name, bytes) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
