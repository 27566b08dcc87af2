// The page begins here.
// SPDX-License-Identifier: Apache-2.0
import './core/handover.mjs';
import './frame/console.mjs';
import { session } from './core/session.mjs';
import { followTheme } from './core/theme.mjs';
import { scriptUrl } from './core/worker_client.mjs';

followTheme();
// A lock ends whatever is under way, wherever it was started: nobody who locked has to be told so.
window.addEventListener('unhandledrejection', (event) => event.reason?.code === 'LOCKED' && event.preventDefault());
document.body.append(document.createElement('pq-console'));
session.begin();

// When the page has nothing better to do, it is kept for times without a network.
const keep = () => navigator.serviceWorker?.register(scriptUrl('../offline.js')).catch(() => {});
window.addEventListener('load', () => setTimeout(keep, 1000), { once: true });
if (document.readyState === 'complete') setTimeout(keep, 1000);
