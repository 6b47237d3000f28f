// Lighthouse on the built member portal, on a simulated cheap phone and on a desk: before and after
// sign-in. Prints the scores and the script bytes, writes .cache/lighthouse.json, fails below 95.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse, { desktopConfig } from 'lighthouse'
import { chromium } from 'playwright-core'
import { CHROMIUM, QUIET } from './browser.mjs'
import { hosted } from './hosted.mjs'

const LEAST = 0.95
const PORT = 9333
const ROUNDS = 5
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
// Lighthouse slows the processor four times, which makes a mid-tier phone of a fast desk: of one whose benchmark index
// is 1,750, the middle of its bracket. On a slower machine the same phone takes a smaller factor.
const PHONE_INDEX = 1750 / 4
const results = []

/** The median of five by performance: one run says as much of the machine as of the page. */
async function audit(name, url, config) {
  const runs = []
  for (let run = 0; run < ROUNDS; run += 1) runs.push(await auditOnce(name, url, config))
  runs.sort((one, other) => one.performance - other.performance)
  results.push(runs[(ROUNDS - 1) / 2])
}

/** The settings that make the same phone of this machine, as fast as it is now. */
async function phone(url) {
  const { lhr } = await lighthouse(url, { port: PORT, logLevel: 'error', onlyAudits: ['viewport'] })
  const index = lhr.environment.benchmarkIndex
  const slowdown = Math.max(1, Math.min(4, index / PHONE_INDEX))
  const { throttling } = lhr.configSettings
  return {
    extends: 'lighthouse:default',
    settings: { throttling: { ...throttling, cpuSlowdownMultiplier: slowdown } },
  }
}

async function auditOnce(name, url, config) {
  const options = {
    port: PORT,
    output: 'json',
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    // A first visit has nothing in its cache; the session of the pages behind sign-in stays.
    clearStorageTypes: ['file_systems', 'shader_cache', 'service_workers', 'cache_storage'],
  }
  const { lhr } = await lighthouse(url, options, config)
  const scores = Object.fromEntries(CATEGORIES.map((id) => [id, lhr.categories[id].score]))
  const scripts = lhr.audits['network-requests'].details.items
    .filter((item) => item.resourceType === 'Script')
    .reduce((sum, item) => sum + item.transferSize, 0)
  const timing = (id) => Math.round(lhr.audits[id].numericValue)
  const short = Object.values(lhr.audits)
    .filter(
      (audit) =>
        audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative',
    )
    .map((audit) => audit.id)
  return {
    name,
    ...scores,
    benchmark_index: lhr.environment.benchmarkIndex,
    cpu_slowdown: Math.round(lhr.configSettings.throttling.cpuSlowdownMultiplier * 100) / 100,
    script_kb: Math.round(scripts / 100) / 10,
    lcp_ms: timing('largest-contentful-paint'),
    tbt_ms: timing('total-blocking-time'),
    cls: lhr.audits['cumulative-layout-shift'].numericValue,
    short,
  }
}

async function signIn(context, base) {
  const page = await context.newPage()
  await page.goto(`${base}?t=chakana`)
  await page.locator('input[name=username]').fill('maria')
  await page.locator('input[name=password]').fill('Chakana-2026')
  await page.locator('input[type=checkbox]').check()
  await page.locator('form button[type=submit]').click()
  await page.locator('a[href^="/accounts"]').first().waitFor()
  await page.close()
}

const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'))
try {
  await hosted('member', async (base) => {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      // Spanish first, as its readers are.
      args: [...QUIET, '--accept-lang=es-EC,es', `--remote-debugging-port=${PORT}`],
      serviceWorkers: 'block',
    })
    const asPhone = await phone(`${base}?t=chakana`)
    await audit('sign-in, phone', `${base}?t=chakana`, asPhone)
    await audit('sign-in, desk', `${base}?t=chakana`, desktopConfig)
    await signIn(context, base)
    await audit('position, phone', base, asPhone)
    await audit('position, desk', base, desktopConfig)
    await audit('account, phone', `${base}accounts/acc_01`, asPhone)
    await context.close()
  })
} finally {
  rmSync(profile, { recursive: true, force: true })
}

mkdirSync('.cache', { recursive: true })
writeFileSync('.cache/lighthouse.json', JSON.stringify(results, null, 2))
for (const result of results) console.log(JSON.stringify(result))
// The first load is what has a figure to hold; pages behind it are reported.
const held = results.filter(({ name }) => !name.startsWith('account'))
const low = held.filter((result) => CATEGORIES.some((id) => result[id] < LEAST))
process.exitCode = low.length === 0 ? 0 : 1
