// The one file of events that may be under way: it goes on when the user looks at another page.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../../core/session.mjs';
import { EventFile } from './event_file.mjs';

const askPerson = async (question) => (await import('../../../frame/questions.mjs')).askPerson(question);

export const eventFile = new EventFile((...call) => session.call(...call), askPerson);
session.addEventListener('end', () => eventFile.clear());
