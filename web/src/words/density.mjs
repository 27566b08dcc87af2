// Texts of the density switch.
// SPDX-License-Identifier: Apache-2.0

export const densityWords = { label: 'Rows of tables', comfortable: 'Comfortable', compact: 'Compact' };
