'use client'

import { DropdownMenu, MenuChoice } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Monitor, Moon, Rows2, Rows3, Sun, SunMoon } from 'lucide-react'
import { useTheme } from 'next-themes'
import { usePreference } from './preferences'

/** System, light or dark, inside a menu. */
export function ThemeChoice() {
  const { theme = 'system', setTheme } = useTheme()
  return (
    <MenuChoice
      label="Theme"
      value={theme}
      onChange={setTheme}
      choices={[
        { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
        { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
        { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
      ]}
    />
  )
}

/** Comfortable or compact, inside a menu. */
export function DensityChoice() {
  const [density, setDensity] = usePreference('density')
  return (
    <MenuChoice
      label="Density"
      value={density}
      onChange={setDensity}
      choices={[
        { value: 'comfortable', label: 'Comfortable', icon: <Rows2 aria-hidden /> },
        { value: 'compact', label: 'Compact', icon: <Rows3 aria-hidden /> },
      ]}
    />
  )
}

/** The theme alone, for pages without an account menu. */
export function ThemeMenu() {
  return (
    <DropdownMenu trigger={<IconButton label="Theme" icon={<SunMoon />} />}>
      <ThemeChoice />
    </DropdownMenu>
  )
}
