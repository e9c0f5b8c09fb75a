/** The clinic's colours, made readable: whatever accent a page sets, text on it and in it keeps a contrast of 4.5. */

export type Rgb = readonly [number, number, number]

const SURFACES = { light: [244, 239, 230], dark: [38, 52, 48] } as const satisfies Record<string, Rgb>
const INKS: readonly Rgb[] = [[255, 255, 255], [0, 0, 0]]
const ENOUGH = 4.5

export function contrast(a: Rgb, b: Rgb): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The ink that reads best on a colour. */
export function inkOn(colour: Rgb): Rgb {
  return INKS.reduce((best, ink) => (contrast(ink, colour) > contrast(best, colour) ? ink : best))
}

/** The colour itself where it reads on the surface, else mixed with the surface's ink until it does. */
export function readableOn(colour: Rgb, surface: Rgb): Rgb {
  const ink = inkOn(surface)
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = colour.map((value, i) => Math.round(value + (ink[i]! - value) * share)) as unknown as Rgb
    if (contrast(mixed, surface) >= ENOUGH) return mixed
  }
  return ink
}

export function parseColour(computed: string): Rgb | null {
  const parts = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(computed)
  if (!parts || Number(parts[4] ?? 1) < 1) return null
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])]
}

/** Apply what the launcher read from the host page. Each value is checked before it becomes style. */
export function applyTheme(wanted: URLSearchParams): void {
  const root = document.documentElement
  const accent = resolved(wanted.get('accent') ?? '')
  if (accent) {
    const set = (name: string, rgb: Rgb): void => root.style.setProperty(name, `rgb(${rgb.join(' ')})`)
    set('--accent', accent)
    set('--accent-ink', inkOn(accent))
    set('--accent-on-light', readableOn(accent, SURFACES.light))
    set('--accent-on-dark', readableOn(accent, SURFACES.dark))
  }
  const font = wanted.get('font') ?? ''
  if (font && !/url|[;{}]/i.test(font) && CSS.supports('font-family', font)) root.style.setProperty('--font', font)
  const radius = wanted.get('radius') ?? ''
  if (/^\d{1,2}(\.\d+)?(px|em)$/.test(radius)) root.style.setProperty('--radius', radius)
  followScheme(wanted.get('scheme'))
}

function followScheme(forced: string | null): void {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    root.dataset.scheme = forced === 'light' || forced === 'dark' ? forced : dark.matches ? 'dark' : 'light'
  }
  dark.addEventListener('change', apply)
  apply()
}

function resolved(colour: string): Rgb | null {
  if (!colour || !CSS.supports('color', colour)) return null
  const probe = document.createElement('i')
  probe.style.color = colour
  document.documentElement.append(probe)
  const computed = getComputedStyle(probe).color
  probe.remove()
  return parseColour(computed)
}
