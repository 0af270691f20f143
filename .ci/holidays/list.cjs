// Prints what date-holidays has for the codes in the arguments, in the years before them:
// code, date, number of whole days, type and name, separated by tabs.
const Holidays = require('date-holidays')

const [first, last, ...codes] = process.argv.slice(2)
for (const code of codes) {
  const [country, region] = code.split('-')
  const source = new Holidays(country, region, { languages: ['en'] })
  for (let year = first; year <= last; year++) {
    for (const h of source.getHolidays(year) || []) {
      // The clock can change on a day: it has 23 hours then. A holiday that begins in the
      // middle of a day is half a day.
      const hours = (h.end - h.start) / 3600000
      const days = h.date.slice(11, 19) === '00:00:00' ? Math.floor((hours + 1) / 24) : 0
      console.log([code, h.date.slice(0, 10), days, h.type, h.name].join('\t'))
    }
  }
}
