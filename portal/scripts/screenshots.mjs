// Pictures of every page of the member portal: phone and desk, es and en, light and dark, and what
// axe says of each. Usage: npm run screenshots [-- folder]; needs a build. Exits 1 on a finding.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launch } from './browser.mjs'
import { hosted } from './hosted.mjs'

const folder = process.argv[2] ?? '.cache/screenshots'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 860 } }
const MARIA = { username: 'maria', password: 'Chakana-2026' }
/** Pages that are seen whole on a phone too. */
const WHOLE = /^(loan|term)-/
const findings = []

async function signIn(page, { username, password }) {
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
}

const signedIn = async (page, base) => {
  await page.goto(`${base}?t=chakana`)
  await signIn(page, MARIA)
  await page.waitForURL(base)
  await page.locator('a[href^="/accounts"]').first().waitFor()
}

async function openAccount(page, base) {
  await signedIn(page, base)
  await page.locator('a[href="/accounts/acc_01"]').click()
  await page.locator('tbody tr').first().waitFor()
}

const simulator = (path) => async (page, base) => {
  await page.goto(`${base}simulate/${path}?t=chakana`)
  await page.locator('form button[type=submit]').waitFor()
}

const projected = (path) => async (page, base) => {
  await simulator(path)(page, base)
  await page.locator('form button[type=submit]').click()
  await page.locator('main table:visible').first().waitFor()
}

const compared = (path, times) => async (page, base) => {
  await projected(path)(page, base)
  for (let option = 0; option < times; option += 1) {
    await page.locator('form button[type=submit] + button').click()
    const term = page.locator('form input[inputmode=numeric]').first()
    await term.fill(String(36 + option * 24))
    await page.locator('form button[type=submit]').click()
    await page.locator(`table[data-options="${option + 2}"]`).waitFor()
  }
}

const ROSA = { username: 'rosa', password: 'Chakana-2026' }

async function transferOf(page, base, who) {
  await page.goto(`${base}transfer?t=chakana`)
  await signIn(page, who)
  await page.locator('form select').first().waitFor()
}

async function askedFor(page, base, amount) {
  await transferOf(page, base, MARIA)
  await page.locator('form select').nth(0).selectOption('acc_01')
  await page.locator('form select').nth(1).selectOption('acc_02')
  await page.locator('form input[inputmode=decimal]').fill(amount)
  await page.locator('form button[type=submit]').click()
}

async function quoted(page, base) {
  await askedFor(page, base, '50')
  await page.locator('main dl').waitFor()
}

const PAGES = {
  simulate: async (page, base) => {
    await page.goto(`${base}simulate?t=chakana`)
    await page.locator('h1').waitFor()
  },
  'simulate-member': async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/simulate"]:visible').click()
    await page.locator('a[href="/simulate/loan"]').waitFor()
  },
  'loan-form': simulator('loan'),
  'loan-faulty': async (page, base) => {
    await simulator('loan')(page, base)
    await page.locator('form input[inputmode=numeric]').fill('61')
    await page.locator('form input[inputmode=decimal]').fill('299')
    await page.keyboard.press('Tab')
  },
  'loan-projected': projected('loan'),
  'loan-compared': compared('loan', 2),
  'loan-frailejon': async (page, base) => {
    await page.goto(`${base}simulate/loan?t=frailejon`)
    await page.locator('form button[type=submit]').click()
    await page.locator('main table:visible').first().waitFor()
  },
  'term-projected': projected('term-deposit'),
  'term-compared': compared('term-deposit', 1),
  tenants: async (page, base) => {
    await page.goto(base)
    await page.locator('li button').first().waitFor()
  },
  'sign-in': async (page, base) => {
    await page.goto(`${base}?t=chakana`)
    await page.locator('form').waitFor()
  },
  'sign-in-frailejon': async (page, base) => {
    await page.goto(`${base}?t=frailejon`)
    await page.locator('form').waitFor()
  },
  'sign-in-refused': async (page, base) => {
    await page.goto(`${base}?t=chakana`)
    await signIn(page, { username: 'maria', password: 'otra' })
    await page.locator('[role=alert] svg').first().waitFor()
  },
  'new-password': async (page, base) => {
    await page.goto(`${base}?t=chakana`)
    await signIn(page, { username: 'nueva', password: 'Temporal-1' })
    await page.locator('input[autocomplete=new-password]').first().waitFor()
  },
  position: signedIn,
  'position-frailejon': async (page, base) => {
    await page.goto(`${base}?t=frailejon`)
    await signIn(page, { username: 'camilo', password: 'Frailejon-2026' })
    await page.waitForURL(base)
    await page.locator('a[href^="/accounts"]').first().waitFor()
  },
  'position-empty': async (page, base) => {
    await page.goto(`${base}?t=chakana`)
    await signIn(page, { username: 'vacia', password: 'Chakana-2026' })
    await page.waitForURL(base)
  },
  'position-joint': async (page, base) => {
    await page.goto(`${base}?t=chakana`)
    await signIn(page, ROSA)
    await page.locator('a[href="/accounts/acc_12"]').waitFor()
  },
  transfer: (page, base) => transferOf(page, base, MARIA),
  'transfer-joint': (page, base) => transferOf(page, base, ROSA),
  'transfer-refused': async (page, base) => {
    await askedFor(page, base, '9000')
    await page.locator('[role=alert] svg').first().waitFor()
  },
  'transfer-quoted': quoted,
  'transfer-made': async (page, base) => {
    await quoted(page, base)
    await page.locator('main button').first().click()
    await page.locator('[data-receipt]').waitFor()
  },
  'user-menu': async (page, base) => {
    await signedIn(page, base)
    await page.locator('header button[aria-haspopup=menu]').click()
    await page.locator('[role=menu]').waitFor()
  },
  hidden: async (page, base) => {
    await signedIn(page, base)
    await page.locator('main section button').first().click()
  },
  account: openAccount,
  'account-export': async (page, base) => {
    await openAccount(page, base)
    await page.locator('main header button').first().click()
    await page.locator('[role=menu]').waitFor()
  },
  statements: async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/statements"]:visible').click()
    await page.locator('a[href="/accounts/acc_02"]').waitFor()
  },
  'statements-none': async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/statements"]:visible').click()
    await page.locator('label').nth(1).click()
  },
  'position-document': async (page, base) => {
    await signedIn(page, base)
    await page.locator('main header button').nth(1).click()
    await page.locator('a[href^="/verify"]').waitFor()
  },
  'term-deposits': async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/term-deposits"]:visible').click()
    await page.locator('a[href="/term-deposits/acc_04"]').waitFor()
  },
  'term-deposits-none': async (page, base) => {
    await page.goto(`${base}term-deposits?t=chakana`)
    await signIn(page, { username: 'vacia', password: 'Chakana-2026' })
    await page.locator('a[href="/simulate/term-deposit"]').waitFor()
  },
  'term-deposit': async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/term-deposits/acc_04"]').click()
    await page.locator('tbody tr').first().waitFor()
  },
  verify: async (page, base) => {
    await page.goto(`${base}verify?t=chakana&code=K7QM-4XWP-9TRD`)
    await page.locator('form input').nth(1).fill('5374,75')
    await page.locator('form button').click()
    await page.locator('main [role=status] strong').waitFor()
  },
  settings: async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href="/settings"]:visible').click()
    await page.locator('h3').first().waitFor()
  },
  password: async (page, base) => {
    await signedIn(page, base)
    await page.goto(`${base}settings/password`)
    await page.locator('input').first().waitFor()
  },
  'not-found': async (page, base) => {
    await signedIn(page, base)
    await page.goto(`${base}nada`)
    await page.locator('h1').waitFor()
  },
  offline: async (page, base) => {
    await signedIn(page, base)
    await page.locator('a[href^="/accounts"]').first().waitFor()
    await page.context().setOffline(true)
  },
}

async function audit(page, name) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(globalThis.document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  for (const { id, help, nodes } of violations)
    findings.push(`${name}: ${id} (${help}) ${nodes.map((node) => node.target).join(' | ')}`)
}

async function picture(browser, base, { name, size, language, scheme }) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale: language,
    colorScheme: scheme,
    deviceScaleFactor: 1,
    timezoneId: 'America/Guayaquil',
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    bypassCSP: false,
  })
  await context.addInitScript((tag) => localStorage.setItem('minga.language', tag), language)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const label = `${name}-${size}-${language}-${scheme}`
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4(0|22)|ERR_INTERNET/.test(message.text()))
      findings.push(`${label}: console: ${message.text()}`)
  })
  try {
    await PAGES[name](page, base)
    await page.waitForTimeout(350)
    await page.screenshot({
      path: `${folder}/${label}.png`,
      fullPage: size === 'desk' || WHOLE.test(name),
    })
    if (name !== 'offline') await audit(page, label)
  } catch (error) {
    findings.push(`${label}: ${error}`)
  }
  await context.close()
}

const only = process.argv[3]?.split(',')
mkdirSync(folder, { recursive: true })
await hosted('member', async (base) => {
  const browser = await launch()
  for (const name of only ?? Object.keys(PAGES))
    for (const size of Object.keys(SIZES))
      for (const [language, scheme] of [
        ['es', 'light'],
        ['es', 'dark'],
        ['en', 'light'],
      ])
        await picture(browser, base, { name, size, language, scheme })
  await browser.close()
})
console.log(findings.length === 0 ? 'axe and console: nothing found' : findings.join('\n'))
process.exitCode = findings.length === 0 ? 0 : 1
