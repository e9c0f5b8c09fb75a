// Bundles each test with the sources it imports and runs it with Node's own runner.
import { build } from 'esbuild'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const outdir = await mkdtemp(join(tmpdir(), 'widget-test-'))
try {
  const tests = (await readdir(here)).filter((name) => name.endsWith('.test.ts'))
  await build({
    entryPoints: tests.map((name) => join(here, name)), outdir, bundle: true, format: 'esm',
    platform: 'node', outExtension: { '.js': '.mjs' },
  })
  const files = tests.map((name) => join(outdir, name.replace(/\.ts$/, '.mjs')))
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1
} finally {
  await rm(outdir, { recursive: true })
}
