import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { nextOf } from '../src/deposits/statuses'
import { changedTerms } from '../src/deposits/upkeep-dialog'
import { opened } from './opened'
import { staffRoutes, teller } from './pretended'

const openConsole = (address: string, permissions?: string[]) =>
  opened(address, staffRoutes(permissions), teller)

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }))

/** Pages come when they are asked for; what is tested is not how long that takes. */
beforeAll(async () => {
  await Promise.all([
    import('../src/deposits/account-page'),
    import('../src/deposits/deposit-page'),
    import('../src/deposits/transfer-page'),
    import('../src/platform/closing/run-page'),
    import('../src/platform/closing/runs-page'),
    import('../src/platform/reports/inbox-page'),
  ])
})
beforeEach(() => {
  window.URL.createObjectURL = vi.fn(() => 'blob:made')
  window.URL.revokeObjectURL = vi.fn()
})
afterEach(() => window.history.replaceState(null, '', '/'))

describe('an account', () => {
  test('tells what is not cleared yet by the day on which it is', async () => {
    await openConsole('/deposits/accounts/acc_1')
    const funds = await screen.findByRole('region', { name: 'Fondos por liberar' })
    expect(within(funds).getByText(/20 de marzo/)).toBeTruthy()
    expect(within(funds).getAllByText('$300,00')).toHaveLength(2)
  })

  test('shows what it owes layer by layer and ends a limit of its own for a reason', async () => {
    const { sent } = await openConsole('/deposits/accounts/acc_1?tab=overdraft')
    expect(await screen.findByText('Propio de la cuenta')).toBeTruthy()
    expect(screen.getByText('Del grupo · basico')).toBeTruthy()
    expect(screen.getByText('30 d: 15,00 %, 18,00 %')).toBeTruthy()
    await press('Terminar')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox'), 'Ya no lo necesita')
    await userEvent.click(dialog.getByRole('button', { name: 'Terminar' }))
    await screen.findByText('Límite terminado')
    expect(sent('POST /deposits/accounts/acc_1/overdraft-limits/odl_1/cancellations')).toEqual({
      reason: 'Ya no lo necesita',
    })
  })

  test('says what keeps it from being closed', async () => {
    await openConsole('/deposits/accounts/acc_1')
    await press('Cerrar la cuenta')
    expect(await screen.findByText('Está en sobregiro.')).toBeTruthy()
    expect(screen.getByText('Tiene cheques sin usar; deben devolverse.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Pagar y cerrar' })).toBeNull()
  })

  test('offers nothing that its reader may not do', async () => {
    await openConsole('/deposits/accounts/acc_1?tab=cheques', ['deposits.read_account'])
    expect(await screen.findByText('Los perdió en el bus')).toBeTruthy()
    for (const name of ['Entregar chequera', 'Suspender cheques', 'Levantar', 'Cerrar la cuenta'])
      expect(screen.queryByRole('button', { name })).toBeNull()
  })

  test('takes back a transfer that waits for its day', async () => {
    const { asked } = await openConsole('/deposits/accounts/acc_1?tab=scheduled')
    expect(await screen.findByRole('link', { name: '0002-5' })).toBeTruthy()
    await press('Cancelar')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancelar' }))
    await screen.findByText('Transferencia cancelada')
    expect(asked.some(({ call }) => call === 'DELETE /deposits/scheduled-transfers/sch_1')).toBe(
      true,
    )
  })
})

test('a cheque is deposited, and the receipt tells warnings, charges and when it clears', async () => {
  const { sent } = await openConsole('/deposits/deposit?account=acc_1')
  await userEvent.type(await screen.findByLabelText(/^Monto/), '300')
  await userEvent.selectOptions(await screen.findByLabelText(/Cómo lo entrega/), 'DEPCH')
  expect(screen.queryByLabelText(/Fecha valor/)).toBeNull()
  await press('Revisar y aceptar')
  await userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Depósito' }),
  )
  expect(await screen.findByText('La caja supera su límite de efectivo.')).toBeTruthy()
  expect(screen.getByText('Impuesto del cargo DEPOSITO')).toBeTruthy()
  expect(await screen.findByText('Por liberar el 20/03/2026')).toBeTruthy()
  expect(sent('POST /deposits/accounts/acc_1/deposits')).toMatchObject({
    amount: { amount: '300', currency: 'USD' },
    code: 'DEPCH',
    value_date: null,
  })
})

test('a transfer for a later day is ordered, not made', async () => {
  const { sent, asked } = await openConsole('/deposits/transfer?account=acc_1')
  await userEvent.type(await screen.findByRole('combobox', { name: 'A la cuenta' }), '00025')
  await userEvent.click(await screen.findByText('0002-5'))
  await userEvent.type(screen.getByLabelText(/^Monto/), '25')
  await userEvent.type(screen.getByLabelText(/Hacerla otro día/), '25/03/2026')
  await press('Revisar y aceptar')
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Programar' }))
  expect(await screen.findByText(/se hará al iniciar el 25 de marzo de 2026/)).toBeTruthy()
  expect(sent('POST /deposits/scheduled-transfers')).toEqual({
    from_account: 'acc_1',
    to_account: 'acc_2',
    amount: { amount: '25', currency: 'USD' },
    narrative: '',
    code: '',
    acknowledged_cautions: [],
    date: '2026-03-25',
  })
  expect(asked.some(({ call }) => call === 'POST /deposits/transfers')).toBe(false)
})

test('the start of day tells what it could not do, in words', async () => {
  await openConsole('/closing')
  expect(await screen.findByText('Transferencia programada')).toBeTruthy()
  expect(await screen.findByText('No había fondos suficientes')).toBeTruthy()
})

describe('a day that waits', () => {
  test('is started once, after reading what that does, and cannot be closed before', async () => {
    const { asked, sent } = await openConsole('/closing')
    expect(await screen.findByText(/18 de marzo.* espera su inicio/)).toBeTruthy()
    const close = await screen.findByRole<HTMLButtonElement>('button', { name: 'Cerrar el día' })
    await vi.waitFor(() => expect(close.disabled).toBe(true))
    await press('Iniciar el día')
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/transferencias programadas/)).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Iniciar el día' }))
    expect(await screen.findByText(/^Inicio del día pedido el/)).toBeTruthy()
    expect(sent('POST /platform/closing-runs/run_1/starts-of-day')).toBeNull()
    expect(asked.filter(({ call }) => call.endsWith('/starts-of-day'))).toHaveLength(1)
    expect(screen.queryByText('Día por iniciar')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Iniciar el día' })).toBeNull()
  })
  test('is not started by somebody who may only look', async () => {
    await openConsole('/closing', ['platform.read_closing'])
    expect(await screen.findByText(/18 de marzo.* espera su inicio/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Iniciar el día' })).toBeNull()
  })
})

test('a report of the end of day is opened, and made again in another language', async () => {
  const { sent } = await openConsole('/reports/inbox')
  const opened = vi.spyOn(window, 'open').mockReturnValue(null)
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  await press('Abrir')
  await vi.waitFor(() =>
    expect(opened).toHaveBeenCalledWith('https://files.test/saldos', '_blank', 'noopener'),
  )
  await press('En otro idioma')
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.selectOptions(dialog.getByLabelText('Idioma del archivo'), 'en')
  await userEvent.click(dialog.getByRole('button', { name: 'Generar' }))
  await screen.findByText('Reporte listo')
  expect(sent('POST /platform/report-files/rpf_1/issues')).toEqual({
    format: 'pdf',
    language: 'en',
    locale: null,
  })
})

describe('an account that is served', () => {
  test('warns before anything else, and money waits until its cautions are acknowledged', async () => {
    const { sent, asked } = await openConsole('/deposits/deposit?account=acc_3')
    const caution = await screen.findByRole('checkbox', { name: /Pedir la cédula/ })
    await userEvent.type(await screen.findByLabelText(/^Monto/), '20')
    await press('Revisar y aceptar')
    expect(await screen.findByText('Marque cada advertencia que leyó')).toBeTruthy()
    expect(asked.some(({ call }) => call.endsWith('/acc_3/deposits'))).toBe(false)
    await userEvent.click(caution)
    await press('Revisar y aceptar')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Depósito' }))
    await screen.findByText('La caja supera su límite de efectivo.')
    expect(sent('POST /deposits/accounts/acc_3/deposits')).toMatchObject({
      acknowledged_cautions: ['cau_1'],
    })
  })

  test('its status changes by hand to one that people may give, with a reason where it asks', async () => {
    const { sent } = await openConsole('/deposits/accounts/acc_1?tab=servicing')
    expect(await screen.findByText('Pedido del titular')).toBeTruthy()
    await press('Cambiar el estado')
    const dialog = within(await screen.findByRole('dialog'))
    const choice = dialog.getByRole('combobox')
    expect(within(choice).queryByText(/Inmovilizada/)).toBeNull()
    await userEvent.selectOptions(choice, 'blocked')
    await userEvent.click(dialog.getByRole('button', { name: 'Cambiar el estado' }))
    expect(await dialog.findByText('Complete este dato')).toBeTruthy()
    expect(sent('POST /deposits/accounts/acc_1/status-changes')).toBeUndefined()
    await userEvent.type(dialog.getByLabelText(/Motivo/), 'Lo pidió por teléfono')
    await userEvent.click(dialog.getByRole('button', { name: 'Cambiar el estado' }))
    await screen.findByText('Estado cambiado')
    expect(sent('POST /deposits/accounts/acc_1/status-changes')).toEqual({
      status: 'blocked',
      reason: 'Lo pidió por teléfono',
    })
  })

  test('only what was changed of its data is sent', async () => {
    const { sent } = await openConsole('/deposits/accounts/acc_1?tab=servicing')
    await press('Cambiar los datos')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(await dialog.findByRole('checkbox', { name: 'Feria de ahorro' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Guardar' }))
    await screen.findByText('Datos cambiados')
    expect(sent('PATCH /deposits/accounts/acc_1')).toEqual({
      alias: null,
      officer: null,
      marketing_codes: ['JOVEN', 'FERIA'],
      overrides: null,
      user_fields: null,
    })
  })

  test('its statement is cut with the charges where asked', async () => {
    const { sent } = await openConsole('/deposits/accounts/acc_1')
    await press('Cortar el estado de cuenta')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('checkbox', { name: /Cobrar los cargos/ }))
    await userEvent.click(dialog.getByRole('button', { name: 'Cortar ahora' }))
    await screen.findByText(/Estado de cuenta cortado/)
    expect(sent('POST /deposits/accounts/acc_1/statement-cut-offs')).toEqual({
      apply_fees: true,
      pay_interest: false,
    })
  })
})

test('own terms that go back to the plan are sent as null, the untouched ones not at all', () => {
  expect(changedTerms({ rate: '3', floor: '5' }, { rate: '3' })).toEqual({ floor: null })
  expect(changedTerms({ rate: '3' }, { rate: '4', cap: '9' })).toEqual({ rate: '4', cap: '9' })
  expect(changedTerms({ rate: '3' }, { rate: '3' })).toBeNull()
})

test('a status may only be followed by those it names, and by those that people give', () => {
  const code = (name: string, manual: boolean, next: string[] = []) => ({
    code: name,
    name,
    manual,
    asksWhy: false,
    next,
  })
  const codes = [code('A', true, ['B', 'D']), code('B', true), code('C', true), code('D', false)]
  expect(nextOf(codes, 'A').map((one) => one.code)).toEqual(['B'])
  expect(nextOf(codes, 'B').map((one) => one.code)).toEqual(['A', 'C'])
})
