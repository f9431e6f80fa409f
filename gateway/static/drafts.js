// Keeps what is typed in the record editor until it is saved, so that a lost connection loses nothing, and asks how the
// adviser's part would be judged as it stands. Without this script the page saves and judges as well, at the button.

const form = document.getElementById('editor')
const key = `draft:${form.dataset.draft}`
const boxes = [...form.querySelectorAll('textarea, input[type=radio]')]
const shown = 'unsaved' in form.dataset ? {} : valuesOf() // after a refusal nothing of it is saved
const note = document.getElementById('unsaved')
const PAUSE = 1000

function valuesOf () {
  const values = {}
  for (const box of boxes) {
    if (box.type !== 'radio') values[box.name] = box.value.trim()
    else if (box.checked) values[box.name] = box.value
  }
  return values
}

function kept () {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null // a store that is full, closed or spoilt keeps no draft
  }
}

function keep () {
  const changed = Object.entries(valuesOf()).filter(([name, value]) => value !== (shown[name] ?? ''))
  try {
    if (changed.length) localStorage.setItem(key, JSON.stringify({at: Date.now(), values: Object.fromEntries(changed)}))
    else localStorage.removeItem(key)
    note.textContent = changed.length ? 'Not saved yet; kept in this browser' : ''
  } catch {
    note.textContent = 'Not saved yet'
  }
}

function putBack (values) {
  for (const box of boxes) {
    if (!(box.name in values)) continue
    if (box.type === 'radio') box.checked = box.value === values[box.name]
    else box.value = values[box.name]
  }
  keep()
  judge()
}

function offer (draft, values) {
  const place = document.getElementById('kept')
  const words = document.createElement('p')
  const when = new Date(draft.at).toLocaleString('en-GB', {dateStyle: 'long', timeStyle: 'short'})
  words.textContent = `Text that you typed on ${when} was not saved. This browser has kept it.`
  place.append(words, button('Put it back', () => putBack(values)), button('Throw it away', () => localStorage.removeItem(key)))
  place.hidden = false

  function button (text, act) {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'govuk-button govuk-button--secondary'
    made.textContent = text
    made.addEventListener('click', () => {
      act()
      place.hidden = true
      boxes[0].focus()
    })
    return made
  }
}

let waiting = 0
function judge () {
  if (!form.dataset.check) return
  clearTimeout(waiting)
  waiting = setTimeout(async () => {
    try {
      const answer = await fetch(form.dataset.check, {method: 'POST', body: new FormData(form)})
      if (answer.ok && !answer.redirected) show(await answer.text())
    } catch {
      note.textContent = 'No connection. What you type is kept in this browser'
    }
  }, PAUSE)
}

function show (criteria) {
  const place = document.getElementById('criteria')
  const said = document.getElementById('judged')
  place.innerHTML = criteria
  const words = place.querySelector('p').textContent
  if (said.textContent !== words) said.textContent = words // a screen reader hears the sum, not the list
}

const draft = kept()
if (draft && !('unsaved' in form.dataset)) {
  const lost = Object.fromEntries(Object.entries(draft.values).filter(([name, value]) => value !== (shown[name] ?? '')))
  if (Object.keys(lost).length) offer(draft, lost)
  else localStorage.removeItem(key) // it was saved
}

form.addEventListener('input', () => {
  keep()
  judge()
})
form.addEventListener('submit', event => {
  if (navigator.onLine) return
  event.preventDefault()
  note.textContent = 'No connection. Your text is kept in this browser: save it when you are back'
})
