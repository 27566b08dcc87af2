import js from '@eslint/js';

const globals = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

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
  },
];
