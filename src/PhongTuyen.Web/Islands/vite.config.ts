import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../wwwroot/dist');

/** Files that are served as they are. */
function copied(...names: string[]): Plugin {
  return {
    name: 'copied',
    generateBundle() {
      for (const name of names) this.emitFile({ type: 'asset', fileName: name, source: readFileSync(join(here, name)) });
    },
  };
}

/**
 * Removes what an earlier build left behind, after the new files are there. Emptying the folder first would leave a
 * second build, or a server that is running, without files for a moment.
 */
function pruned(): Plugin {
  return {
    name: 'pruned',
    writeBundle(_, bundle) {
      for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !(relative(dist, path).replaceAll('\\', '/') in bundle)) rmSync(path, { force: true });
      }
    },
  };
}

/** The main script is asked for under an address with a version: a part that imported it by its bare name would run it a second time. */
function apart(): Plugin {
  return {
    name: 'apart',
    writeBundle(_, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.imports.includes('desk.js')) throw new Error(`${file.fileName} imports desk.js: lend it what it needs instead.`);
    },
  };
}

/** What a page may cost on a slow line, in KB after brotli. A build that exceeds it fails. */
function within(budget: Record<string, number>): Plugin {
  return {
    name: 'within',
    writeBundle(_, bundle) {
      for (const [name, most] of Object.entries(budget)) {
        const file = bundle[name];
        if (!file) throw new Error(`${name} was not built.`);
        const size = brotliCompressSync(file.type === 'chunk' ? file.code : file.source).length / 1024;
        if (size > most) throw new Error(`${name} has ${size.toFixed(1)} KB after compression, more than ${most} KB.`);
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: '/dist/',
  publicDir: false,
  cacheDir: join(here, '../../../node_modules/.vite'),
  plugins: [copied('icons.svg', 'favicon.svg', 'licences.txt'), pruned(), apart(), within({ 'desk.css': 40, 'desk.js': 12, 'passkeys.js': 2, 'citizen.css': 6, 'print.css': 4, 'icons.svg': 4 })],
  build: {
    outDir: dist,
    emptyOutDir: false,
    // The last Chrome of Windows 7 and 8.1 is 109: offices still have them.
    target: ['chrome109', 'firefox115', 'safari15.6'],
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 60,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // A package that is not installed would be left for the browser to look for, and only the page that needs it would fail.
      onwarn: (warning, warn) => {
        if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
        warn(warning);
      },
      input: {
        desk: join(here, 'desk.ts'),
        passkeys: join(here, 'passkeys.ts'),
        citizen: join(here, 'styles/citizen.css'),
        print: join(here, 'styles/print.css'),
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: asset => asset.names.some(name => name.endsWith('.woff2')) ? 'fonts/[name]-[hash][extname]' : asset.names.some(name => name.endsWith('.wasm')) ? '[name]-[hash][extname]' : '[name][extname]',
      },
    },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'happy-dom', restoreMocks: true },
});
