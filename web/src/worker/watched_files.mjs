// Files whose changes are told.
// SPDX-License-Identifier: Apache-2.0

const changing = ['appendFile', 'replaceFile', 'createFile', 'removeFile', 'shredFile'];

/** The same files; `onChange(path)` hears the absolute path of every file after it was written or removed. */
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
