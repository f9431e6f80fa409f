// All pages work without this; it adds what a script can do better (focus on errors, the folding menu).
import { initAll } from './vendor/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
