// Accepted differences from the reference of generation 2, and why. A row is of a case, or of cases by a pattern.
// SPDX-License-Identifier: Apache-2.0
import { because } from './accepted/row.mjs';

export const accepted = [
  ...because(
    'own: the result of an activation names the token as its preview does',
    /^(activate: another tier|activate: every tier and an empty document|activate: fresh|activate: run again)$/,
    'JSON +peaq_token',
  ),
  ...because('own: the preview says what fees may come to', 'activate: preview', 'JSON +fees'),
  ...because(
    'decision 4: a rerun that finds the machine reads no price, so that no oracle can fail it',
    'activate: run again',
    'JSON -bond_amount',
  ),
  ...because(
    'decision 1: a malformed command line is 1',
    /^(activate: a flag of generation 1|activate: unknown tier)$/,
    'exit: 2 -> 1',
  ),
  ...because(
    'decision 15: with --json every failure is JSON too',
    /^(activate: a flag of generation 1|activate: a member twice|activate: no hexadecimal subject|activate: unknown tier)$/,
    'JSON: none -> one',
  ),
  ...because(
    'v2 errors: an address of USDT that is none is a pool that is not configured',
    'activate: USDT where none is taken',
    'error: TX_REVERTED -> PROVISION_POOL_NOT_CONFIGURED',
  ),
  ...because(
    'own: what the chain shows already is done, whoever did it',
    'machine: resume what runs',
    'exit: 2 -> 0',
    'error: NOT_SUSPENDED -> ALREADY_CONFIRMED',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: approve',
    'JSON action: "approve_machine" -> "approve"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: approve all',
    'JSON action: "set_machine_approval_for_all" -> "approve_all"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: transfer',
    'JSON action: "safe_transfer_machine" -> "transfer"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: transfer with data, unsafe',
    'JSON action: "transfer_machine" -> "transfer"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: controller set, then cleared',
    'JSON action: "set_machine_controller" -> "set_controller"',
    'JSON action: "set_machine_controller" -> "clear_controller"',
  ),
  ...because(
    'own: actions are called as their commands are',
    /^(machine: authentication|machine: methods and services)$/,
    'JSON action: "set_machine_verification_methods" -> "set_verification_methods"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: methods and services',
    'JSON action: "set_machine_service_endpoints" -> "set_service_endpoints"',
  ),
  ...because(
    'own: actions are called as their commands are',
    'machine: authentication',
    'JSON action: "set_machine_authentication" -> "set_authentication"',
  ),
  ...because(
    'defect 2 of generation 2: an earlier change is taken for the answer to a later wish, and the chain stays as it was',
    /^(machine: approve all|machine: controller set, then cleared)$/,
    'JSON status: "already_confirmed" -> "confirmed"',
    'JSON error_code: "ALREADY_CONFIRMED" -> "CONFIRMED"',
    'JSON -message',
  ),
  ...because(
    'defect 2 of generation 2: an earlier change is taken for the answer to a later wish, and the chain stays as it was',
    'machine: approve all',
    'JSON method: "setApprovalForAll(address,bool)" -> "setApprovalForAll"',
    'transaction +0x64b93cc29b251fafa83bd110cdb1c24207f85536 0 0xa22cb46500000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c80000000000000000000000000000000000000000000000000000000000000000 done',
  ),
  ...because(
    'defect 2 of generation 2: an earlier change is taken for the answer to a later wish, and the chain stays as it was',
    'machine: controller set, then cleared',
    'JSON method: "setController(uint256,address)" -> "setController"',
    'transaction +0x64b93cc29b251fafa83bd110cdb1c24207f85536 0 0x3e5779ee9bead09dc48343fdfbd7124e3d1182847f22b35038dd78e587b981f2ef6b48190000000000000000000000000000000000000000000000000000000000000000 done',
  ),
];
