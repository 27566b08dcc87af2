// Emscripten's library: functions of the module's table, kept on this side. With JavaScript exceptions every call that
// may throw looks one up, and builds for size would ask the table each time.
// SPDX-License-Identifier: Apache-2.0
addToLibrary({
  $wasmTableMirror: '[]',
  $getWasmTableEntry__deps: ['$wasmTable', '$wasmTableMirror'],
  $getWasmTableEntry: (pointer) => (wasmTableMirror[pointer] ??= wasmTable.get(pointer)), // no entry is ever replaced
});
