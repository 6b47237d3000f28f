import { Menu as MantineMenu } from '@mantine/core'
import { cloneElement, Fragment, useEffect, useRef, useState } from 'react'
import { Icon } from '../icons/icon'
import { MantineBase } from '../theme/mantine-base'
import styles from './menu.module.css'
import type { MenuProps } from './menu'

/** Opens as soon as it is there, with its own button as the place the focus comes back to. */
export default function OpeningMenu({ trigger, heading, items }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    button.current?.focus()
    const frame = window.requestAnimationFrame(() => setOpened(true))
    return () => window.cancelAnimationFrame(frame)
  }, [])
  return (
    <MantineBase>
      <MantineMenu
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        offset={6}
        width="max-content"
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        loop
      >
        <MantineMenu.Target>{cloneElement(trigger, { ref: button })}</MantineMenu.Target>
        <MantineMenu.Dropdown className={styles.dropdown}>
          {heading}
          {(typeof items === 'function' ? items() : items).map((item) => (
            <Fragment key={item.label}>
              {item.separated && <MantineMenu.Divider className={styles.divider} />}
              <MantineMenu.Item
                className={styles.item}
                data-danger={item.danger || undefined}
                leftSection={item.icon && <Icon name={item.icon} size={18} />}
                onClick={item.onSelect}
                lang={item.lang}
              >
                {item.label}
              </MantineMenu.Item>
            </Fragment>
          ))}
        </MantineMenu.Dropdown>
      </MantineMenu>
    </MantineBase>
  )
}
