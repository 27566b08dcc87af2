// The one file of machines that may be under way: it goes on when the user looks at another page.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../../core/session.mjs';
import { network } from '../../../core/network.mjs';
import { RecordFile } from '../../../files/record_file.mjs';
import { columns } from './columns.mjs';
import { fleetBudget } from './fleet_budget.mjs';

const askPerson = async (question) => (await import('../../../frame/questions.mjs')).askPerson(question);

const kind = {
  columns,
  operation: 'activateFleet',
  file: 'machines',
  line: 'machine_line',
  budget: (ask) => fleetBudget(ask, () => network.signer?.contracts),
};
export const machineFile = new RecordFile((...call) => session.call(...call), askPerson, kind);
machineFile.choose({ gasPerMachine: '0.1' });
session.addEventListener('end', () => machineFile.clear());
