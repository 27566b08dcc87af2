// Files that report their changes.
// SPDX-License-Identifier: Apache-2.0

const changing = ['appendFile', 'replaceFile', 'createFile', 'removeFile', 'shredFile'];

/** Wraps files: `onChange(path)` gets the absolute path of every file that was written or removed. */
export function watchedFiles(files, onChange) {
  const watched = changing.map((name) => [
    name,
    async (path, ...more) => {
      const result = await files[name](path, ...more);
      onChange(files.absolute(path));
      return result;
    },
  ]);
  return { ...files, ...Object.fromEntries(watched) };
}
