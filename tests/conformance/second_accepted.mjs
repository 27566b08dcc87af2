// Accepted differences from the reference of generation 2, and why.
// SPDX-License-Identifier: Apache-2.0

export const accepted = [];
