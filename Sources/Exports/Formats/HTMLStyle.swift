/// How the page looks: on paper, on a screen in light and dark, on a phone. Colours have 4.5 : 1 at least on their grounds.
let htmlStyle = """
  :root {
    color-scheme: light dark;
    --paper: #fcfbf8; --sheet: #f5f3ed; --ink: #1e1d1a; --soft: #56534a; --rule: #d5d0c3; --link: #1d4a7a;
    --answered: #45423a; --claimed: #1d4f91; --scripted: #6b3a8c; --verified: #17603a;
    --not-verified: #a01f1b; --not-knowable: #57534a; --skipped: #7a4a00;
    --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", "Noto Serif", Georgia, serif;
    --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif;
    --mono: ui-monospace, "SF Mono", "Noto Sans Mono", "Liberation Mono", monospace;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #17181a; --sheet: #1f2124; --ink: #ebe8e1; --soft: #b6b1a6; --rule: #44464a; --link: #9cc4f0;
      --answered: #d0cbc0; --claimed: #93bff5; --scripted: #d2aaf0; --verified: #82d6a6;
      --not-verified: #f79d97; --not-knowable: #bdb8ad; --skipped: #eabb6b;
    }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 50rem; background: var(--paper); color: var(--ink);
    font: 1.0625rem/1.55 var(--serif); overflow-wrap: anywhere;
  }
  h1, h2, h3, p, dl, dd, ol, ul { margin: 0; padding: 0; }
  ol, ul { list-style: none; }
  a { color: var(--link); text-underline-offset: .15em; }
  code, .digest { font-family: var(--mono); font-size: .875em; }
  .kind, h2, dt, .required, .mark, .by, .no { font-family: var(--sans); }
  .kind { color: var(--soft); font-size: .875rem; letter-spacing: .04em; }
  h1 { margin: .25rem 0 .5rem; font-size: 2.125rem; line-height: 1.15; font-weight: 600; text-wrap: balance; }
  .lead { color: var(--soft); max-width: 40rem; }
  .result {
    display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; margin: 1.75rem 0 0; padding: .875rem 0;
    border-top: 3px double var(--ink); border-bottom: 1px solid var(--rule);
  }
  .outcome { font-size: 1.375rem; font-weight: 600; }
  .outcome::first-letter { text-transform: uppercase; }
  .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; margin-top: .75rem; }
  .facts > div { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  dt { color: var(--soft); font-size: .8125rem; }
  .tally { display: flex; flex-wrap: wrap; gap: .5rem .75rem; margin-top: .875rem; }
  h2 { margin: 3rem 0 .25rem; font-size: 1.125rem; font-weight: 650; break-after: avoid; }
  h2 + .lead { margin-bottom: .5rem; }
  .steps > li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); padding: 1.375rem 0; border-top: 1px solid var(--rule); }
  .steps > li:last-child { border-bottom: 1px solid var(--rule); }
  .no { font-size: 1.125rem; line-height: 1.5rem; color: var(--soft); font-variant-numeric: tabular-nums; }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  h3 { font-size: 1.1875rem; line-height: 1.5rem; font-weight: 600; break-after: avoid; }
  .required { margin-left: .375rem; font-size: .8125rem; font-weight: 400; color: var(--soft); white-space: nowrap; }
  .procedure { margin-top: .375rem; font-size: .9375rem; color: var(--soft); }
  .procedure > * + * { margin-top: .25rem; }
  .procedure .question { color: var(--ink); }
  .source { font-style: italic; }
  .choices { display: flex; flex-wrap: wrap; gap: 0 1.125rem; }
  .choices > li { break-inside: avoid; }
  .choices > li::before { content: ""; display: inline-block; box-sizing: border-box; width: .75em; height: .75em; margin-right: .45em; border: 1px solid currentColor; border-radius: 50%; }
  .choices.many > li::before { border-radius: 0; }
  .choices > .chosen { color: var(--ink); font-weight: 600; }
  .choices > .chosen::before { border-width: .35em; background: currentColor; }
  .filled { color: var(--ink); border-bottom: 1px dotted currentColor; }
  .tags { margin-top: .75rem; font-size: .9375rem; color: var(--soft); }
  .numbered { margin-top: .5rem; padding-left: 1.75rem; list-style: decimal; }
  time { white-space: nowrap; }
  .entry { margin-top: .75rem; padding: .625rem .875rem; background: var(--sheet); break-inside: avoid; }
  .line { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
  .answer { font-weight: 600; }
  .by { margin-top: .25rem; font-size: .8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
  .parts { margin-top: .375rem; font-size: .9375rem; }
  .earlier { margin-top: .5rem; padding-left: .875rem; background: none; border-left: 1px solid var(--rule); font-size: .9375rem; }
  .earlier .answer { font-weight: 400; text-decoration: line-through; }
  .note { margin-top: .5rem; padding-left: .875rem; border-left: 1px solid var(--rule); font-size: .9375rem; break-inside: avoid; }
  .none { color: var(--soft); }
  .mark {
    display: inline-flex; align-items: center; gap: .4em; padding: .0625rem .5rem; font-size: .8125rem; line-height: 1.25rem;
    font-weight: 600; white-space: nowrap; color: var(--tone); border: 1px solid var(--tone);
  }
  .mark svg { flex: none; width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
  .answered { --tone: var(--answered); }
  .claimed { --tone: var(--claimed); border-radius: 1rem; border-width: 2px; }
  .scripted { --tone: var(--scripted); border-style: dashed; border-width: 2px; }
  .verified { --tone: var(--verified); border-style: double; border-width: 4px; }
  .not-verified { --tone: var(--not-verified); border-width: 3px; }
  .not-knowable { --tone: var(--not-knowable); border-style: dotted; border-width: 2px; }
  .skipped { --tone: var(--skipped); border-width: 0 0 2px; padding-left: 0; padding-right: 0; }
  .pointer { margin-top: .75rem; font-size: .9375rem; }
  .only, .leads { margin-top: .25rem; font: .875rem/1.45 var(--sans); }
  .leads { margin-top: .625rem; }
  .ends .only::first-letter { text-transform: uppercase; }
  .steps > .loop { display: block; padding: 0; }
  .loop > section { padding: 1.375rem 0 .5rem; }
  .loop > section + section { border-top: 1px solid var(--rule); }
  .loop li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); padding: .5rem 0; break-inside: avoid; }
  .loop .no { font-size: .9375rem; line-height: 1.375rem; }
  h4 { margin: 0; font-size: .9375rem; line-height: 1.375rem; font-weight: 400; color: var(--soft); }
  .loop .entry { margin-top: .125rem; padding: .375rem .875rem; }
  .ends > li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); padding: .875rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
  .ends > li:last-child { border-bottom: 1px solid var(--rule); }
  .ends .box { height: 1.5rem; border: 0; padding: 0; align-items: center; }
  .exceptions > li, .plain > li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); padding: .875rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
  .exceptions > li:last-child, .plain > li:last-child { border-bottom: 1px solid var(--rule); }
  .exceptions b { font-weight: 600; }
  .plain > li { grid-template-columns: 8rem minmax(0, 1fr); }
  .plain time { font-variant-numeric: tabular-nums; }
  .digest { display: block; margin: .5rem 0; padding: .625rem .875rem; background: var(--sheet); word-break: break-all; }
  .check { max-width: 42rem; }
  .legend > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); align-items: baseline; padding: .3125rem 0; break-inside: avoid; }
  .sign { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem 2.5rem; margin-top: .75rem; break-inside: avoid; }
  .sign h3 { margin-bottom: .25rem; }
  .blank { display: flex; align-items: flex-end; height: 2.75rem; border-bottom: 1px solid var(--ink); font: .8125rem/1.4 var(--sans); color: var(--soft); padding-bottom: .125rem; }
  .fill { display: grid; grid-template-columns: 4.5rem 1fr 9rem 5rem; gap: 0 1rem; margin-top: .5rem; break-inside: avoid; }
  .fill .blank { height: 2.25rem; }
  .fill .box { border: 0; align-items: flex-end; gap: .5em; }
  .box i { width: 1rem; height: 1rem; border: 1.5px solid var(--ink); }
  @media (max-width: 36rem) {
    body { padding: 1.5rem 1rem 3rem; font-size: 1rem; }
    h1 { font-size: 1.625rem; }
    .facts, .sign { grid-template-columns: 1fr; }
    .steps > li, .loop li, .ends > li, .exceptions > li { grid-template-columns: 2rem minmax(0, 1fr); }
    .legend > div, .plain > li { grid-template-columns: 1fr; gap: .125rem; justify-items: start; }
    .fill { grid-template-columns: 1fr 1fr; }
  }
  @page { size: A4; margin: 18mm 17mm 20mm; @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif; } }
  @media print {
    :root {
      color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; --soft: #3d3b36; --rule: #b5b0a5; --link: #000;
      --answered: #33312b; --claimed: #173f75; --scripted: #562d72; --verified: #104a2c;
      --not-verified: #8a1815; --not-knowable: #403d37; --skipped: #613b00;
    }
    html { font-size: 9.5pt; }
    body { max-width: none; padding: 0; line-height: 1.4; }
    h2 { margin-top: 20pt; }
    .steps > li { break-inside: avoid; padding: 9pt 0; }
    .steps > .loop { break-inside: auto; }
    .facts { grid-template-columns: 1fr 1fr; }
    .entry, .digest { border: 1px solid var(--rule); }
    .earlier { border-width: 0 0 0 1px; }
    .mark, .choices > li::before, .box i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    section.keep { break-inside: avoid; }
  }
  """
