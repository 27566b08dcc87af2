// What the Gas Station refuses with (docs/protocol.md#gas-station): code -> HTTP status, and a message for people.
// SPDX-License-Identifier: Apache-2.0
import { HttpError } from '../http_service.mjs';

const refusals = {
  INVALID_PAYLOAD: [400, 'the request body is malformed'],
  INVALID_OWNER_ADDRESS: [400, 'ownerAddress is no address'],
  QR_GENERATION_FAILED: [500, 'the QR code could not be drawn'],
  '2FA_ALREADY_CONFIGURED': [409, 'this owner has confirmed 2FA already'],
  '2FA_NOT_CONFIGURED': [400, 'this owner has not set 2FA up'],
  '2FA_NOT_ACTIVE': [403, 'this owner has not confirmed 2FA'],
  '2FA_LOCKED': [423, 'too many wrong codes: 2FA of this owner is locked'],
  INVALID_2FA: [401, 'the code is wrong'],
  TOTP_EXPIRED: [401, 'the code has expired'],
  DUPLICATE_REQUEST: [409, 'a request with this requestId is in progress'],
  REQUEST_ALREADY_PROCESSED: [409, 'the request with this requestId has been paid'],
  RATE_LIMITED: [429, 'too many requests'],
  CAP_EXCEEDED_OWNER: [403, 'this owner has had all that one owner gets'],
  CAP_EXCEEDED_WALLET: [403, 'this wallet has had all that one wallet gets'],
  TRANSFER_FAILED: [502, 'the transfer failed'],
};

// `names` says some codes under other names: live stations differ in them.
export function refusal(code, names = {}) {
  const [status, message] = refusals[code];
  return new HttpError(status, message, { status: 'error', code: names[code] ?? code, message });
}
