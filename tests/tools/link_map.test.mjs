// The linker's map tells the bytes of the module by their origin.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf, sumsOf } from '../../tools/steps/link_map.mjs';

// As lld writes it, shortened.
const map = `    Addr      Off     Size Out     In      Symbol
       -        8      1f2 TYPE
       -     362a   1bf8fe CODE
       -     362c       12         <internal>:(__wasm_call_ctors)
       -     36b0      100         core/libpeaqos_cli.a(run.cpp.o):(_ZN6peaqos3cli3runEv)
       -     36b0      100                 peaqos::cli::run()
       -     37b0       20         core/libpeaqos_cli.a(run.cpp.o):(_ZNSt3__26vectorIiE9push_backEi)
       -     37d0       30         core/libpeaqos_evm.a(rpc.cpp.o):(_ZN8nlohmann16json_abi4dumpEv)
       -     3800       40         /opt/wasm32-emscripten/libc-debug.a(memcpy.o):(memcpy)
       -   1c2f28    2512c DATA
     400   1c2f29    24ed0 .rodata
     400   1c2f31      200         <internal>:(.rodata)
     600   1c3131       10         core/libpeaqos_cli.a(run.cpp.o):(.rodata.kWords)
    9000   1d0000      400         core/libpeaqos_vault.a(words.cpp.o):(.bss.list)
`;

test('pieces are told apart by file and kind; what is zero at the start takes no room', () => {
  const sums = Object.fromEntries(sumsOf(piecesOf(map)).map(({ place, ...sizes }) => [place, sizes]));
  assert.deepEqual(sums, {
    'core/cli': { own: 0x100, templates: 0x20, json: 0, data: 0x10, sum: 0x130 },
    'core/evm': { own: 0, templates: 0, json: 0x30, data: 0, sum: 0x30 },
    'toolchain: c': { own: 0x40, templates: 0, json: 0, data: 0, sum: 0x40 },
    'texts, merged by the linker': { own: 0x12, templates: 0, json: 0, data: 0x200, sum: 0x212 },
  });
});

test('the largest part comes first', () => {
  assert.equal(sumsOf(piecesOf(map))[0].place, 'texts, merged by the linker');
});
