// How deep the tests go. `npm test` takes a part of the long suites, always the same: every fault at every request, every case
// of the reference, every test by each of the two commands. They are whole with `npm test -- --full`, and where one names
// the files, as in `npm test -- faults` or `node --test FILE`.
// SPDX-License-Identifier: Apache-2.0

export const full = process.env.PEAQOS_TESTS !== 'part';

/** One of `of` things is tried in a usual run: each n-th. */
export const oneOf = (of) => (full ? 1 : of);
