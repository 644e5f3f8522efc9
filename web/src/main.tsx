import { render } from 'preact'
import { App } from './app.tsx'
import { followLinks } from './route.ts'
import './styles/rapport.css'
import './styles/app.css'
import './styles/agenda.css'
import { applyTheme } from './theme.ts'

applyTheme()
document.addEventListener('click', followLinks)
const root = document.getElementById('app')
if (root) render(<App />, root)
