import js from '@eslint/js';

const globals = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const browser = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'self',
  'caches',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'Image',
  'InputEvent',
  'OffscreenCanvas',
  'matchMedia',
  'customElements',
  'Blob',
  'BroadcastChannel',
  'CustomEvent',
  'Event',
  'EventTarget',
  'FormData',
  'ResizeObserver',
  'Response',
  'URLSearchParams',
  'Worker',
  'XMLHttpRequest',
  'btoa',
  'atob',
  'requestAnimationFrame',
  'PerformanceObserver',
];

export default [
  { ignores: ['build/', '**/dist/', '.deps/', '**/build/'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: globals([
        'process',
        'console',
        'URL',
        'Buffer',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'TextDecoder',
        'TextEncoder',
        'AbortController',
        'AbortSignal',
        'crypto',
        'performance',
        'fetch',
        'globalThis',
        'WebAssembly',
        'setImmediate',
        'structuredClone',
        'queueMicrotask',
      ]),
    },
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
  },
  // Bundled to CommonJS.
  { files: ['node-cli/src/*.mjs'], languageOptions: { globals: globals(['__dirname']) } },
  // Read by every Node there was.
  {
    files: ['node-cli/src/*.cjs'],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: 'commonjs',
      globals: globals(['process', '__dirname', 'WebAssembly']),
    },
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
  {
    files: ['native/**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: globals(['process', '__dirname']) },
  },
  // Run in a browser.
  { files: ['web/src/**/*.mjs'], languageOptions: { globals: globals(browser) } },
  // Hold functions that run in a page.
  {
    files: [
      '**/browser.test.mjs',
      'wasm/test/bundles.test.mjs',
      'tests/web/**/*.mjs',
      'tests/bench/{console,fleet}.mjs',
      'tests/support/{console,drawer,rooms,two_factor}.mjs',
    ],
    languageOptions: { globals: globals(browser) },
  },
  // Become parts of the module's loader.
  {
    files: ['wasm/src/{pre,table}.js'],
    languageOptions: {
      sourceType: 'script',
      globals: globals(['Module', 'addToLibrary', 'wasmTable', 'wasmTableMirror']),
    },
    rules: { 'no-unused-vars': 'off' },
  },
];
