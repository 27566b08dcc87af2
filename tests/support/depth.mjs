// How deep the tests go. The long suites (every fault at every request, every case of the reference, random walks)
// take a part in each run, always the same, and all of it with `npm test -- --full`.
// SPDX-License-Identifier: Apache-2.0

export const full = process.env.PEAQOS_TESTS === 'full';

/** One of `of` things is tried in a usual run: each n-th. */
export const oneOf = (of) => (full ? 1 : of);
