// The columns of a file of events.
// SPDX-License-Identifier: Apache-2.0
import { SheetColumns } from '../../../files/sheet_columns.mjs';

export const columns = new SheetColumns([
  { name: 'machine_id', label: 'Machine ID', required: true, also: ['machine', 'machineid', 'robot', 'charger'] },
  { name: 'type', label: 'Type: revenue or activity', required: true, also: ['event_type', 'kind'] },
  { name: 'value', label: 'Value, in the smallest unit', required: true, also: ['amount_minor', 'cents'] },
  { name: 'ts', label: 'When it happened', required: true, also: ['time', 'timestamp', 'date', 'datetime', 'when'] },
  { name: 'currency', label: 'Currency', also: ['ccy'] },
  { name: 'id', label: 'Your own ID of the event', also: ['key', 'idempotency_key', 'reference', 'ref', 'invoice'] },
  { name: 'trust', label: 'Evidence: self, onchain or hardware', also: ['trust_level'] },
  { name: 'source_chain', label: 'Evidence chain', also: [] },
  { name: 'source_tx', label: 'Evidence transaction', also: [] },
  { name: 'data_hash', label: 'Hash of the raw data', also: [] },
  { name: 'metadata_hex', label: 'Metadata, in hexadecimal', also: [] },
]);
