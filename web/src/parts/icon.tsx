/** Icons on a 20 × 20 grid, stroke 1.5, always beside a word. */
const paths = {
  block: (
    <>
      <rect x="2.75" y="5.5" width="14.5" height="4.5" rx="1" />
      <path d="M5.5 10v6M14.5 10v6M8.5 5.5 6.5 10M13 5.5 11 10" />
    </>
  ),
  both: (
    <>
      <circle cx="7.25" cy="10" r="4.25" />
      <circle cx="12.75" cy="10" r="4.25" />
    </>
  ),
  check: <path d="m4.5 10.5 3.5 3.5 7.5-8" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M10 6v4l2.75 2" />
    </>
  ),
  down: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  file: (
    <>
      <path d="M5.5 2.75h6l3.5 3.5v11h-9.5z" />
      <path d="M11.25 2.75v3.75H15" />
    </>
  ),
  grip: (
    <g fill="currentColor" stroke="none">
      <circle cx="7.5" cy="5" r="1.2" />
      <circle cx="12.5" cy="5" r="1.2" />
      <circle cx="7.5" cy="10" r="1.2" />
      <circle cx="12.5" cy="10" r="1.2" />
      <circle cx="7.5" cy="15" r="1.2" />
      <circle cx="12.5" cy="15" r="1.2" />
    </g>
  ),
  left: <path d="M12 5.5 7.5 10l4.5 4.5" />,
  lines: <path d="M4 6h12M4 10h12M4 14h8" />,
  speech: <path d="M3.5 4.5h13V13H9.5l-3.75 3v-3H3.5z" />,
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.5" />
      <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
    </>
  ),
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="4.5" cy="10" r="1.4" />
      <circle cx="10" cy="10" r="1.4" />
      <circle cx="15.5" cy="10" r="1.4" />
    </g>
  ),
  note: (
    <>
      <path d="M10 5.5v6M10 14.4v.1" />
      <circle cx="10" cy="10" r="7" />
    </>
  ),
  page: (
    <>
      <rect x="4.5" y="3" width="11" height="14" rx="1.5" />
      <path d="M7.5 7h5M7.5 10h5M7.5 13h3" />
    </>
  ),
  people: (
    <>
      <circle cx="7.5" cy="7" r="2.75" />
      <path d="M2.75 16c.6-2.9 2.3-4.3 4.75-4.3s4.15 1.4 4.75 4.3M12.5 4.6a2.6 2.6 0 0 1 0 4.8M14.3 12.2c1.6.6 2.6 1.9 3 3.8" />
    </>
  ),
  print: <path d="M6 7.5V3h8v4.5M6 14H3.75V7.5h12.5V14H14M6.25 12h7.5v5h-7.5z" />,
  promise: (
    <>
      <rect x="3.5" y="3.5" width="13" height="13" rx="2.5" />
      <path d="m6.75 10.2 2.4 2.4 4.3-5" />
    </>
  ),
  quote: <path d="M4.5 5.5h4v4.2c0 2.4-1.2 3.8-3.4 4.6M11.5 5.5h4v4.2c0 2.4-1.2 3.8-3.4 4.6" />,
  right: <path d="m8 5.5 4.5 4.5L8 14.5" />,
  search: (
    <>
      <circle cx="8.75" cy="8.75" r="5" />
      <path d="m12.5 12.5 4 4" />
    </>
  ),
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name, small = false }: { name: IconName; small?: boolean }) => (
  <svg class={small ? 'i small' : 'i'} viewBox="0 0 20 20" aria-hidden="true">
    {paths[name]}
  </svg>
)

/** The colon of 1:1. */
export const Mark = () => (
  <svg viewBox="0 0 12 24" aria-hidden="true">
    <circle class="dot-1" cx="6" cy="6.5" r="4" />
    <circle class="dot-2" cx="6" cy="17.5" r="4" />
  </svg>
)
