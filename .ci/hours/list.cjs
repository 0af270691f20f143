// Reads questions from standard input, one a line as JSON: {"text": hours, "days": [days from
// 1970-01-01]}. Prints for each {"open": [[from, to, ...], ...], "asked": instants}, with
// the minutes of each day from which and up to which it is open, or {"error": why}.
const { createInterface } = require('node:readline')
const OpeningHours = require('opening_hours')

// Public holidays depend on the place.
const place = { lat: '52.5', lon: '13.4', address: { country_code: 'de', state: 'Berlin' } }
const day = 24 * 60

function answer({ text, days }) {
  const hours = new OpeningHours(text, place, { locale: 'en' })
  // The state changes at the times of the text alone. The iterator of the library is not
  // used, as it can step over a change.
  const times = [...text.matchAll(/(?<!\d)(\d?\d):(\d\d)/g)].map(([, h, m]) => (h * 60 + +m) % day)
  const minutes = [...new Set([0, ...times])].sort((a, b) => a - b)
  const open = (days ?? []).map(number => {
    const spans = []
    minutes.forEach((minute, i) => {
      const at = new Date((number * day + minute) * 60000)
      if (hours.getUnknown(at)) throw `the state is unknown on ${at.toISOString()}`
      if (!hours.getState(at)) return
      if (spans.at(-1) === minute) spans.pop()
      else spans.push(minute)
      spans.push(minutes[i + 1] ?? day)
    })
    return spans
  })
  return { open, asked: open.length * minutes.length }
}

createInterface({ input: process.stdin }).on('line', line => {
  let result
  try {
    result = answer(JSON.parse(line))
  } catch (e) {
    result = { error: String(e).split('\n')[0] }
  }
  console.log(JSON.stringify(result))
})
