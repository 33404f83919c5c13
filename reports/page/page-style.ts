/** The page's only style: the reader's colours, light or dark, and paper. Contrast of every text is 4.5 or more. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #fff; --line: #d8dee4; --soft: #f6f8fa;
  --good: #116329; --good-soft: #dafbe1; --bad: #a40e26; --bad-soft: #ffebe9; --warn: #7d4e00; --warn-soft: #fff8c5;
  --mark: #ffd95e; --link: #0550ae; --bar: #0969da; --turn: #6639ba }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9ea7b1; --paper: #0d1117; --line: #30363d;
  --soft: #161b22; --good: #56d364; --good-soft: #12261e; --bad: #ff8f87; --bad-soft: #30171a; --warn: #e3b341;
  --warn-soft: #2b2411; --mark: #6b4d00; --link: #79c0ff; --bar: #388bfd; --turn: #d2a8ff } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem }
h3 { font-size: 1.1rem; margin: 2rem 0 .2rem } h4 { font-size: 1rem; margin: 0; display: inline }
p { margin: .3rem 0 } a { color: var(--link); text-underline-offset: .15em } a:focus-visible, .scroll:focus-visible, .wide:focus-visible
  { outline: 3px solid var(--bar); outline-offset: 2px; border-radius: 2px }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
small { display: block; font-size: .8rem; line-height: 1.4; color: var(--faint); margin: .1rem 0 .4rem }
.faint { color: var(--faint); font-weight: 400 } .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.tag { font-size: .75rem; font-weight: 400; color: var(--faint); border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .5rem; white-space: nowrap }
.status { font-weight: 600; white-space: nowrap } .status.passed { color: var(--good) } .status.failed { color: var(--bad) }
.status.error, .status.blocked { color: var(--warn) } .status.skipped { color: var(--faint) }
.head { border: 1px solid var(--line); border-left: .5rem solid var(--good); border-radius: .5rem; padding: 1.1rem 1.4rem; background: var(--soft) }
.head.failed { border-left-color: var(--bad) } .head.error, .head.blocked { border-left-color: var(--warn) }
.brand { margin: 0; color: var(--faint); font-size: .85rem; letter-spacing: .02em }
.share { display: flex; gap: 2px; height: .6rem; margin: .9rem 0 .4rem; border-radius: .3rem; overflow: hidden }
.share span { min-width: 4px } .share .passed { background: var(--good) } .share .failed { background: var(--bad) }
.share .error, .share .blocked { background: var(--warn) } .share .skipped { background: var(--line) }
.legend, nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0; padding: 0 }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0 0 } .facts dt { font-size: .75rem; color: var(--faint) } .facts dd { margin: 0; font-variant-numeric: tabular-nums }
nav { margin-top: 1rem }
.trouble { list-style: none; margin: 0; padding: 0 } .trouble li { padding: .5rem .9rem; border-left: .25rem solid var(--bad); background: var(--soft); margin: .4rem 0; break-inside: avoid }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-bottom: 1px solid var(--line) }
thead th { color: var(--faint); font-size: .8rem; font-weight: 600; vertical-align: bottom } tr { break-inside: avoid } tbody th { font-weight: 600 }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.wide { overflow-x: auto }
.scroll { overflow-x: auto; margin: 1rem 0 1.6rem; border: 1px solid var(--line); border-radius: .5rem } .access tbody tr:last-child > * { border-bottom: 0 }
caption { text-align: left; font-weight: 600; padding: .5rem .7rem; background: var(--soft); border-bottom: 1px solid var(--line) }
.access td, .access th { min-width: 7rem } .access code { white-space: nowrap } .access thead th { max-width: 16rem } .access .again { color: var(--faint); font-weight: 400 }
.decision { display: inline-block; font-weight: 600; border-radius: .25rem; padding: 0 .4rem; white-space: nowrap }
.decision.allowed { color: var(--good); background: var(--good-soft) } .decision.denied { color: var(--bad); background: var(--bad-soft) }
.turned { color: var(--turn); font-weight: 600 }
.timeline th, .timeline td { padding: .15rem .7rem; font-size: .85rem } .timeline tbody th { font-weight: 400 } .timeline .group th { font-weight: 600; padding-top: .7rem }
.timeline td.track { position: relative; width: 45%; padding: 0; background: repeating-linear-gradient(to right, var(--line) 0 1px, transparent 1px var(--tick)) }
.timeline th.track { padding: .15rem 0 } .scale { display: block; position: relative; height: 1.1rem; font-weight: 400 } .scale span { position: absolute; padding-left: .2rem; white-space: nowrap }
.bar { position: absolute; top: .35rem; height: .75rem; min-width: 3px; background: var(--bar); border-radius: 2px }
.bar.failed { background: var(--bad) } .bar.error, .bar.blocked { background: var(--warn) }
.bar.waited { border-radius: 2px 0 0 2px; background: repeating-linear-gradient(45deg, var(--turn) 0 3px, transparent 3px 7px); outline: 1px solid var(--turn); outline-offset: -1px }
.critical { color: var(--turn) }
.key { display: inline-flex; align-items: center; gap: .4rem; margin-right: 1.2rem } .key .bar { position: static; width: 2rem }
article, dd, .trouble { overflow-wrap: anywhere }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .45rem .9rem; margin: .35rem 0; break-inside: avoid }
article.passed, article.skipped { border-width: 0 0 1px; border-radius: 0; margin: 0 }
article.failed { border-color: var(--bad); border-left-width: .3rem } article.error, article.blocked { border-color: var(--warn); border-left-width: .3rem }
.line { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline } .subject { color: var(--faint); flex: 1 1 12rem } .side { color: var(--faint); font-size: .85rem; white-space: nowrap }
.answer { color: var(--faint); font-size: .875rem; margin: .2rem 0 .1rem } .answer strong { color: var(--ink) }
dl { margin: .4rem 0 0 } article dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem } article dt { color: var(--faint) } article dd { margin: 0; white-space: pre-wrap }
mark { background: var(--mark); color: inherit; border-radius: .15rem; padding: 0 .15rem; text-decoration: underline; text-decoration-thickness: 2px }
.differences { margin-top: .5rem; font-size: .9rem } .differences td { width: 42% }
@media (max-width: 40rem) { body { padding: .75rem } article dl { grid-template-columns: 1fr } article dt { margin-top: .3rem } th, td { padding: .35rem .4rem }
  .labs { font-size: .8rem } .labs thead th { font-size: .75rem; white-space: normal } .labs th:nth-child(2), .labs td:nth-child(2) { display: none }
  .access { font-size: .8rem } .access td, .access th { min-width: 8.5rem } .access td:nth-child(2), .access td:nth-child(3), .access th:nth-child(-n+3) { min-width: 4.5rem; overflow-wrap: anywhere } .access th:first-child { min-width: 5.5rem } .access small { overflow-wrap: anywhere } .access code { white-space: normal }
  .timeline th, .timeline td { padding: .15rem .3rem; font-size: .8rem } .timeline td.track { width: 30% } .timeline th:nth-child(3), .timeline td:nth-child(3) { display: none } .scale span:not(:first-child, :last-child) { display: none } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #fff; --faint: #444; --good: #116329; --good-soft: #dafbe1; --bad: #a40e26; --bad-soft: #ffebe9;
  --warn: #7d4e00; --mark: #ffd95e; --link: #000; --bar: #0969da; --turn: #6639ba; --line: #999 }
  @page { margin: 12mm }
  body { max-width: none; padding: 2mm; font-size: 9.5pt } nav { display: none } a { text-decoration: none } h2, h3 { break-after: avoid } .wide { overflow: visible } .scroll { overflow: visible; break-inside: avoid-page }
  .access { font-size: 8pt } .access thead th { font-size: 7.5pt } caption { border-radius: .5rem .5rem 0 0 } .access small { font-size: 7pt } .access td, .access th { min-width: 0; padding: .25rem .4rem } .access.wide { overflow-wrap: anywhere } .access.wide th:first-child, .access.wide td:nth-child(2), .access.wide td:nth-child(3) { min-width: 4.6rem } .access.wide code { white-space: normal } * { print-color-adjust: exact } }
`
