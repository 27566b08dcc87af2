// Credentials of a URL as a header value (RFC 7617). A '%' that begins no escape stands for itself, as curl takes it.
// SPDX-License-Identifier: Apache-2.0

const decoded = (text) => decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));

export const basic = ({ username, password }) =>
  `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
