/** The page's only style: the reader's colours, light or dark, and paper. Contrast of every text is 4.5 or more. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #ffffff; --line: #d0d7de; --soft: #f6f8fa;
  --good: #1a7f37; --bad: #b3261e; --warn: #7d4e00; --mark: #ffe08a; --bar: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9ea7b1; --paper: #0d1117; --line: #30363d;
  --soft: #161b22; --good: #56d364; --bad: #ff8f87; --warn: #e3b341; --mark: #6b4d00; --bar: #6cb6ff; } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem; margin: 0 }
a { color: var(--bar) }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line) }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.faint { color: var(--faint) }
.passed { color: var(--good) } .failed { color: var(--bad) } .error, .blocked { color: var(--warn) } .skipped { color: var(--faint) }
.status { font-weight: 600 }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .7rem 1rem; margin: .6rem 0; background: var(--soft);
  break-inside: avoid }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0 0 }
dt { color: var(--faint) } dd { margin: 0; white-space: pre-wrap }
mark { background: var(--mark); color: inherit; text-decoration: underline }
.bar { display: block; height: .7rem; min-width: 2px; background: var(--bar) }
.bar.waited { background: repeating-linear-gradient(45deg, var(--bar) 0 4px, transparent 4px 8px); outline: 1px solid var(--bar) }
td.time { width: 45% }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #fff; --faint: #444; --good: #1a7f37; --bad: #b3261e;
  --warn: #7d4e00; --mark: #ffe08a; --bar: #0550ae; --line: #999 }
  body { max-width: none; padding: 0; font-size: 10pt } * { print-color-adjust: exact } }
`
