// The one file of events that may be under way: it goes on when the user looks at another page.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../../core/session.mjs';
import { RecordFile } from '../../../files/record_file.mjs';
import { columns } from './columns.mjs';
import { feeBudget } from './fee_budget.mjs';

const askPerson = async (question) => (await import('../../../frame/questions.mjs')).askPerson(question);

export const kind = { columns, operation: 'submitEvents', file: 'events', line: 'event_line', budget: feeBudget };
export const eventFile = new RecordFile((...call) => session.call(...call), askPerson, kind);
session.addEventListener('end', () => eventFile.clear());
