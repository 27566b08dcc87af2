// Before a package is packed: node tools/release/prepare.mjs FOLDER writes what it says of the works of others in it.
// SPDX-License-Identifier: Apache-2.0
import { writeNotices } from './packages.mjs';

writeNotices(process.argv[2]);
