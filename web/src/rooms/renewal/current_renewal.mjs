// The one renewal that may be under way.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { Renewal } from './renewal.mjs';

const askPerson = async (question) => (await import('../../frame/questions.mjs')).askPerson(question);

export const renewal = new Renewal(
  (...call) => session.call(...call),
  askPerson,
  () => network.signer?.contracts,
);
session.addEventListener('end', () => renewal.clear());
