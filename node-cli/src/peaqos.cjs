#!/usr/bin/env node
// The first file of the `peaqos` command. It must load where nothing else does: it is written for every Node there was,
// refuses those that are too old, and turns whatever ends the command unforeseen into one line.
// SPDX-License-Identifier: Apache-2.0
'use strict';

var fs = require('fs');

var oldest = 20;

function print(descriptor, text) {
  try {
    fs.writeSync(descriptor, text);
  } catch (error) {
    // Nobody can be told.
  }
}

// Ends the process with an error as the core reports it (core/base/error.hpp).
function fail(exitCode, error) {
  if (process.argv.indexOf('--json') >= 0) print(1, JSON.stringify({ error: error }, null, 2) + '\n');
  print(2, 'Error: ' + error.message + '. ' + error.hint + '\n');
  process.exit(exitCode);
}

// The installation, or what it was started with, cannot run the command: nothing was done.
function refuse(code, message, hint) {
  fail(3, { code: code, kind: 'configuration', message: message, hint: hint, sent: 'nothing', hashes: [] });
}

function broken(path) {
  refuse('BROKEN_INSTALLATION', path + ' is missing or damaged', 'Install peaqos again');
}

process.on('uncaughtException', function (error) {
  fail(2, {
    code: 'INTERNAL',
    kind: 'network',
    message: 'something unforeseen went wrong (' + ((error && (error.code || error.name)) || typeof error) + ')',
    hint: 'What was sent is in peaqos.log: run the command again to continue it',
    sent: 'maybe',
    hashes: [],
  });
});

if (Number(process.versions.node.split('.')[0]) < oldest) {
  refuse(
    'NODE_TOO_OLD',
    'peaqos needs Node.js ' + oldest + ' or later, and this is ' + process.versions.node,
    'Update it'
  );
} else if (typeof WebAssembly === 'undefined') {
  refuse('NO_WEBASSEMBLY', 'this Node.js runs without WebAssembly', 'Start it without --jitless; see NODE_OPTIONS');
}

var command;
try {
  command = require('./command.cjs');
} catch (error) {
  broken(__dirname + '/command.cjs');
}
command.main(refuse, broken);
