// The columns of a file of machines to activate.
// SPDX-License-Identifier: Apache-2.0
import { SheetColumns } from '../../../files/sheet_columns.mjs';

export const columns = new SheetColumns([
  { name: 'doc_url', label: 'Documentation URL', required: true, also: ['documentation', 'docs', 'documentation_url'] },
  { name: 'data_api', label: 'Data API URL', required: true, also: ['data', 'data_url', 'data_api_url', 'api'] },
  { name: 'wallet', label: 'Wallet whose phrase has the machine’s key', required: true, also: ['phrase'] },
  { name: 'index', label: 'Number of its account, from 0', required: true, also: ['account', 'number'] },
  { name: 'visibility', label: 'Data visibility: public, private or onchain', also: ['data_visibility'] },
  { name: 'alias', label: 'Name', also: ['name', 'machine'], here: true },
  { name: 'place', label: 'Place', also: ['location', 'site'], here: true },
  { name: 'tags', label: 'Tags', also: ['tag', 'groups', 'group'], here: true },
]);
