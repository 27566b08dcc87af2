// A file from the person's own disk.
// SPDX-License-Identifier: Apache-2.0

/** Lets the person choose a file: {name, bytes}, or undefined when they chose none. Needs a click to come from. */
export function chooseFile(accept = '') {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept });
  const read = async (file) => file && { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  return new Promise((resolve, reject) => {
    input.addEventListener('cancel', () => resolve(undefined), { once: true });
    input.addEventListener('change', () => read(input.files[0]).then(resolve, reject), { once: true });
    input.click();
  });
}
