// Node has no XMLHttpRequest: the loader hands one over, without touching the global object.
// SPDX-License-Identifier: Apache-2.0
var XMLHttpRequest = Module['XMLHttpRequest'] || globalThis.XMLHttpRequest;
