// Operations that sign: they are followed when the user leaves their page, and the store leaves the journal to them.
// SPDX-License-Identifier: Apache-2.0

export const signingOperations = [
  'activate',
  'activateFleet',
  'submitEvent',
  'submitEvents',
  'renewFleet',
  'suspendMachine',
  'resumeMachine',
  'placeOrder',
  'onboardMachine',
];
