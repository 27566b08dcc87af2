// Where our command differs from the reference on purpose. A row: the cases (a name, or a pattern of names), the
// difference as compare.mjs says it, and why: a decision (numbered), or a point of the comparison of the seed document
// with the reference (Gn) or of the reference's defects (Dn).
// SPDX-License-Identifier: Apache-2.0

export const accepted = [];
