import { expect, test } from 'vitest'
import { Texts } from '../src'

const options = {
  base: { 'a.both': 'en español', 'a.only_es': 'solo español', 'a.hello': 'Hola, {name}' },
  sources: {
    en: () => Promise.resolve({ 'a.both': 'in English', 'a.hello': 'Hello, {name}' }),
    'en-GB': () => Promise.resolve({}),
  },
}

test('falls back from the region to the language to Spanish', async () => {
  const texts = await Texts.start({ ...options, language: 'en-GB' })
  expect(texts.i18n.t('a.both')).toBe('in English')
  expect(texts.i18n.t('a.only_es')).toBe('solo español')
})

test('lists what no language of the chain has', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  texts.i18n.t('a.nowhere')
  expect(texts.gaps()).toContain('es:a.nowhere')
})

test('fills placeholders', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  expect(texts.i18n.t('a.hello', { name: 'Inés <3' })).toBe('Hola, Inés <3')
})

test('the tenant has the last word, in its language only', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  texts.override('es', { 'a.both': 'a nuestro modo' })
  expect(texts.i18n.t('a.both')).toBe('a nuestro modo')
  await texts.use('en')
  expect(texts.i18n.t('a.both')).toBe('in English')
})

test('the overrides of a language not yet loaded survive its loading', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  texts.override('en', { 'a.both': 'our way' })
  await texts.use('en')
  expect(texts.i18n.t('a.both')).toBe('our way')
})

test('a chosen language is kept on the device and told to assistive technology', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  await texts.choose('en')
  expect(document.documentElement.lang).toBe('en')
  expect((await Texts.start(options)).language).toBe('en')
})

test('tells what is on screen when texts change, and not when they do not', async () => {
  const texts = await Texts.start({ ...options, language: 'es' })
  let told = 0
  texts.subscribe(() => {
    told += 1
  })
  const before = texts.snapshot()
  await texts.use('es')
  expect([told, texts.snapshot()]).toEqual([0, before])
  await texts.use('en')
  expect(told).toBeGreaterThan(0)
  expect(texts.snapshot()('a.both')).toBe('in English')
  texts.override('en', { 'a.both': 'our way' })
  expect(texts.snapshot()('a.both')).toBe('our way')
})
