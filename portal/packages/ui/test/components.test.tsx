import { act, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import {
  DataTable,
  DateField,
  Donut,
  ErrorState,
  HideAmounts,
  Money,
  MoneyInput,
  TextField,
  useConfirm,
  useLanguageKey,
  type Column,
} from '../src'
import { renderUi } from './render'

describe('an amount field', () => {
  function Amount({ onAmount }: { onAmount: (amount: string) => void }) {
    const [value, setValue] = useState('')
    const take = (amount: string) => {
      setValue(amount)
      onAmount(amount)
    }
    return <MoneyInput label="Valor" currency="USD" value={value} onChange={take} />
  }

  test('hands on canonical text and shows it as the tenant writes it', async () => {
    const onAmount = vi.fn()
    await renderUi(<Amount onAmount={onAmount} />)
    const input = screen.getByLabelText('Valor')
    await userEvent.type(input, '12345,5')
    expect(onAmount).toHaveBeenLastCalledWith('12345.5')
    await userEvent.tab()
    expect(input).toHaveProperty('value', '12.345,50')
  })

  test('refuses more decimals than the currency has, and hands on nothing', async () => {
    const onAmount = vi.fn()
    await renderUi(<Amount onAmount={onAmount} />)
    await userEvent.type(screen.getByLabelText('Valor'), '1,234')
    expect(screen.getByRole('alert').textContent).toContain('2 decimales')
    expect(onAmount).toHaveBeenLastCalledWith('')
  })
})

test('a date field takes the tenant’s order and tells a wrong date when it is left', async () => {
  const onChange = vi.fn()
  await renderUi(<DateField label="Desde" value="" onChange={onChange} />)
  await userEvent.type(screen.getByLabelText('Desde'), '31/03/2026')
  expect(onChange).toHaveBeenLastCalledWith('2026-03-31')
  await userEvent.clear(screen.getByLabelText('Desde'))
  await userEvent.type(screen.getByLabelText('Desde'), '31/02/2026')
  await userEvent.tab()
  expect(screen.getByRole('alert').textContent).toContain('Escriba una fecha')
})

test('F1 on a field opens its help', async () => {
  await renderUi(<TextField label="Documento" help="Cédula, pasaporte o RUC" />)
  await screen.findByRole('button', { name: 'Ayuda sobre Documento' })
  fireEvent.keyDown(screen.getByLabelText('Documento'), { key: 'F1' })
  expect(await screen.findByText('Cédula, pasaporte o RUC')).toBeTruthy()
})

test('an error is tied to its field', async () => {
  await renderUi(<TextField label="Usuario" error="Complete este dato" hint="Como en su carné" />)
  const input = screen.getByLabelText('Usuario')
  expect(input.getAttribute('aria-invalid')).toBe('true')
  const described = input.getAttribute('aria-describedby')?.split(' ') ?? []
  const texts = described.map((id) => document.getElementById(id)?.textContent)
  expect(texts).toEqual(['Complete este dato', 'Como en su carné'])
})

test('hidden amounts are hidden from assistive technology too', async () => {
  await renderUi(
    <HideAmounts hidden>
      <Money value={{ amount: '1520.35', currency: 'USD' }} />
    </HideAmounts>,
  )
  expect(document.body.textContent).not.toContain('1.520')
  expect(screen.getByText('Valor oculto')).toBeTruthy()
})

test('switching language with the keyboard keeps what was typed', async () => {
  function Form() {
    useLanguageKey()
    return <TextField label="Nombre" optional />
  }
  await renderUi(<Form />)
  const input = screen.getByLabelText(/Nombre/)
  await userEvent.type(input, 'Ñusta')
  expect(screen.getByText('(opcional)')).toBeTruthy()
  fireEvent.keyDown(window, { key: 'L', ctrlKey: true, shiftKey: true })
  expect(await screen.findByText('(optional)')).toBeTruthy()
  expect(screen.getByLabelText(/Nombre/)).toBe(input)
  expect(input).toHaveProperty('value', 'Ñusta')
})

describe('a table', () => {
  type Row = { id: string; name: string; balance: string }
  const rows: Row[] = [
    { id: 'a', name: 'Ana', balance: '100.00' },
    { id: 'b', name: 'Luis', balance: '9.00' },
    { id: 'c', name: 'Rosa', balance: '-20.00' },
  ]
  const columns: Column<Row>[] = [
    { id: 'name', header: 'Socio', value: (row) => row.name },
    { id: 'balance', header: 'Saldo', type: 'amount', value: (row) => row.balance },
  ]
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[0]?.textContent)

  test('sorts amounts by value and says how it is sorted', async () => {
    await renderUi(
      <DataTable caption="Socios" columns={columns} rows={rows} rowId={(row) => row.id} />,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Saldo' }))
    await userEvent.click(screen.getByRole('button', { name: 'Saldo' }))
    const ascending = screen.getByRole('columnheader', { name: 'Saldo' }).getAttribute('aria-sort')
    const expected = ['Rosa', 'Luis', 'Ana']
    expect(names()).toEqual(ascending === 'ascending' ? expected : [...expected].reverse())
  })

  test('is walked with the arrow keys and opened with Enter', async () => {
    const onOpen = vi.fn()
    await renderUi(
      <DataTable
        caption="Socios"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={onOpen}
      />,
    )
    const [, first] = screen.getAllByRole('row')
    act(() => first?.focus())
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(onOpen).toHaveBeenCalledWith(rows[1])
  })

  test('says so when there is nothing in it', async () => {
    await renderUi(
      <DataTable caption="Socios" columns={columns} rows={[]} rowId={(row) => row.id} />,
    )
    expect(screen.getByText('Nada que mostrar')).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
  })
})

test('a chart says in words what it draws', async () => {
  const usd = (amount: string) => ({ amount, currency: 'USD' })
  await renderUi(
    <Donut
      title="Reparto"
      slices={[
        { id: 'a', label: 'Ahorros', value: usd('75.00') },
        { id: 'b', label: 'Plazo fijo', value: usd('25.00') },
      ]}
    />,
  )
  const items = screen.getAllByRole('listitem').map((item) => item.textContent)
  expect(items[0]).toMatch(/Ahorros75\s?%\$75,00/)
  expect(items[1]).toMatch(/Plazo fijo25\s?%\$25,00/)
})

test('a problem shows its reference, its remedy and a way to try again', async () => {
  const onRetry = vi.fn()
  const error = { detail: 'No hay sistema', remedy: 'Espere un minuto', requestId: 'req_7' }
  await renderUi(<ErrorState error={error} onRetry={onRetry} />)
  expect(screen.getByRole('alert').textContent).toContain('No hay sistemaEspere un minuto')
  expect(screen.getByText('Referencia: req_7')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Volver a intentar' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

test.each([
  ['Reversar', true],
  ['Cancelar', false],
])('a confirmation answered with %s is %s', async (button, expected) => {
  const answered = vi.fn()
  function Ask() {
    const confirm = useConfirm()
    const ask = () => confirm({ title: '¿Reversar?', confirm: 'Reversar' }).then(answered)
    return (
      <button type="button" onClick={() => void ask()}>
        Pedir
      </button>
    )
  }
  await renderUi(<Ask />)
  await userEvent.click(screen.getByRole('button', { name: 'Pedir' }))
  await userEvent.click(await screen.findByRole('button', { name: button }))
  expect(answered).toHaveBeenCalledWith(expected)
})
