// Texts of renewals.
// SPDX-License-Identifier: Apache-2.0

const machines = (text, number) => `${text} ${number === 1 ? 'machine' : 'machines'}`;

export const renewalWords = {
  title: 'Renew subscriptions',
  headline: (text, number, sum) => `Renew ${machines(text, number)} for ${sum}`,
  about:
    'Each period is prolonged by one. The subscription contract is allowed to take exactly this sum, then each machine is paid for in a transaction of its own; fees come on top. One approval covers all of it, and above what is shown you are asked again.',
  leftOut: (text, number) => `${machines(text, number)} cannot be renewed and ${number === 1 ? 'is' : 'are'} left out.`,
  progress: (done, all) => `${done} of ${all} paid`,
  progressLabel: 'Machines paid',
  mayLeave: 'You may close this; the renewals go on, and the activity tray tells how they end.',
  done: (text, number, left, leftNumber) =>
    `${machines(text, number)} renewed.${leftNumber > 0 ? ` ${machines(left, leftNumber)} ${leftNumber === 1 ? 'is' : 'are'} not.` : ''}`,
  sign: (number) => (number === 1 ? 'Sign and renew' : 'Sign and renew all'),
  rest: 'Renew the rest',
  again: 'Try again',
  close: 'Close',
  table: 'Machines to renew',
  renewed: 'Renewed',
  failed: 'Failed',
  pending: 'Pending',
  cannot: 'Cannot be renewed',
  ended: 'Ended for good',
  due: 'To renew',
};
