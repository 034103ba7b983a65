/// The form as one page that loads nothing and runs nothing.
let htmlTemplate = """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="referrer" content="no-referrer">
  <meta name="color-scheme" content="light dark">
  <title>{{title}}{{#run}}: record of run {{id}}{{/run}}{{^run}}: blank checklist{{/run}}</title>
  <style>
  \(htmlStyle)
  </style>
  </head>
  <body>
  \(htmlMarks)
  <header>
  <p class="kind">{{#run}}Record of run {{id}}{{/run}}{{^run}}Blank checklist{{/run}}</p>
  <h1>{{title}}</h1>
  <p class="lead">{{summary}}</p>
  {{#run}}
  <p class="result"><span class="outcome">{{outcome.text}}</span>{{#.reason}} <span>{{.}}</span>{{/.reason}} <span>{{exceptionLine}}</span></p>
  <ul class="tally" role="list" aria-label="How many answers stand, and as what">
  {{#tally}}
  <li><span class="mark {{standing.code}}"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="#mark-{{standing.code}}"/></svg>{{count}} {{standing.text}}</span></li>
  {{/tally}}
  {{^tally}}
  <li class="none">{{tallyLine}}</li>
  {{/tally}}
  </ul>
  {{/run}}
  <dl class="facts">
  <div><dt>Flow</dt><dd>{{flow}}, version {{version}}</dd></div>
  {{#run}}
  <div><dt>Run</dt><dd>{{id}}</dd></div>
  <div><dt>Began</dt><dd><time datetime="{{began.exact}}">{{began.minute}}</time></dd></div>
  <div><dt>Ended</dt><dd>{{#.ended}}<time datetime="{{exact}}">{{minute}}</time>{{/.ended}}{{^.ended}}not yet{{/.ended}}</dd></div>
  <div><dt>User and host</dt><dd>{{user}}@{{host}}</dd></div>
  <div><dt>Tool</dt><dd>Keyusher {{tool}}</dd></div>
  {{#.performer}}
  <div><dt>Performer</dt><dd>{{.}}</dd></div>
  {{/.performer}}
  {{#.owner}}
  <div><dt>Owner of the key</dt><dd>{{.}}</dd></div>
  {{/.owner}}
  {{#.reference}}
  <div><dt>Reference</dt><dd>{{.}}</dd></div>
  {{/.reference}}
  {{#.lastResumed}}
  <div><dt>Resumed</dt><dd>{{#timesResumed}}<a href="#resumptions">{{.}}</a>, last {{/timesResumed}}\(htmlResumed)</dd></div>
  {{/.lastResumed}}
  {{/run}}
  {{^run}}
  {{#minutes}}
  <div><dt>Takes</dt><dd>about {{.}} minutes</dd></div>
  {{/minutes}}
  {{#needs}}
  <div><dt>At hand</dt><dd>{{.}}</dd></div>
  {{/needs}}
  {{/run}}
  </dl>
  {{#.tags}}
  <p class="tags">{{.}}</p>
  {{/.tags}}
  {{^run}}
  <div class="sign"><p class="blank">Run</p><p class="blank">Date</p></div>
  {{/run}}
  </header>
  <main>
  <section aria-labelledby="steps">
  <h2 id="steps">Steps</h2>
  {{^run}}
  {{#.again}}
  <p class="lead">{{.}}</p>
  {{/.again}}
  {{/run}}
  <ol class="steps" role="list">
  {{#rows}}
  <li id="step-{{number}}">
  <span class="no" aria-hidden="true">{{number}}</span>
  <div>
  <h3><span class="spoken">{{number}}. </span>{{title}}{{#isRequired}} <span class="required">required</span>{{/isRequired}}</h3>
  {{^.filling}}
  {{#.only}}
  <p class="only">Only {{.}}</p>
  {{/.only}}
  {{/.filling}}
  <div class="procedure">
  {{#instructions}}
  <p>\(htmlText)</p>
  {{/instructions}}
  {{#.address}}
  <p>{{#.link}}<a href="{{.}}" rel="noreferrer">{{.}}</a>{{/.link}}{{^.link}}{{text}}{{/.link}}</p>
  {{/.address}}
  {{#.source}}
  <p class="source">{{.}}</p>
  {{/.source}}
  {{#.question}}
  <p class="question">\(htmlText)</p>
  {{/.question}}
  {{^empty(choices)}}
  <ul class="choices{{#choosesMany}} many{{/choosesMany}}" role="list">
  {{#choices}}
  <li{{#isChosen}} class="chosen"{{/isChosen}}>{{#title}}\(htmlText){{/title}}{{#isChosen}} <span class="spoken">(chosen)</span>{{/isChosen}}</li>
  {{/choices}}
  </ul>
  {{/empty(choices)}}
  {{#takes}}
  <p>Takes {{.}}</p>
  {{/takes}}
  {{#.factsLine}}
  <p>Facts: {{.}}</p>
  {{/.factsLine}}
  </div>
  {{#.filling}}
  {{#.pointer}}
  <p class="pointer"><a href="#loop-{{loop}}">{{text}}</a></p>
  {{/.pointer}}
  {{#entry}}
  \(htmlEntry)
  {{/entry}}
  {{/.filling}}
  {{^.filling}}
  <div class="fill"><p class="blank box"><i></i>done</p><p class="blank">Answer</p><p class="blank">Time</p><p class="blank">Initials</p></div>
  {{^empty(leads)}}
  <ul class="leads" role="list">
  {{#leads}}
  <li>{{.}}</li>
  {{/leads}}
  </ul>
  {{/empty(leads)}}
  {{/.filling}}
  </div>
  </li>
  {{#.loop}}
  <li class="loop" id="loop-{{number}}">
  {{#rounds}}
  <section>
  <h3>Round {{number}} of {{count}}{{#.name}}: {{.}}{{/.name}}</h3>
  <ol role="list">
  {{#lines}}
  <li>
  <span class="no" aria-hidden="true">{{row}}</span>
  <div>
  <h4><span class="spoken">{{row}}. </span>{{title}}</h4>
  {{#entry}}
  \(htmlEntry)
  {{/entry}}
  </div>
  </li>
  {{/lines}}
  </ol>
  </section>
  {{/rounds}}
  </li>
  {{/.loop}}
  {{/rows}}
  </ol>
  </section>
  {{^run}}
  <section aria-labelledby="ends">
  <h2 id="ends">How it can end</h2>
  <ul class="ends" role="list">
  {{#ends}}
  <li>
  <p class="blank box"><i></i></p>
  <div>
  <h3>{{title}} <span class="required">{{outcome.text}}</span></h3>
  {{#.when}}
  <p class="only">{{.}}</p>
  {{/.when}}
  <div class="procedure">
  {{#.reason}}
  <p>Because: \(htmlText)</p>
  {{/.reason}}
  {{#next}}
  <p>Next: \(htmlText)</p>
  {{/next}}
  {{#reminders}}
  <p>{{when}}: {{#text}}\(htmlText){{/text}}</p>
  {{/reminders}}
  </div>
  </div>
  </li>
  {{/ends}}
  </ul>
  </section>
  {{/run}}
  <section aria-labelledby="exceptions">
  <h2 id="exceptions">Exceptions</h2>
  {{#run}}
  {{^exceptions}}
  <p>no exceptions</p>
  {{/exceptions}}
  {{^empty(exceptions)}}
  <ol class="exceptions" role="list">
  {{#exceptions}}
  <li><span class="no">{{number}}</span><div><p><b>{{kind.text}}</b> at step {{row}}, {{stepTitle}}{{#.round}}, round {{number}}{{/.round}}</p><p>{{what}}</p><p class="by"><b>{{resolution.text}}</b>{{#.accepted}}: {{.}}{{/.accepted}}, raised <time datetime="{{raised.exact}}">{{raised.minute}}</time>{{#.resolved}}, resolved <time datetime="{{exact}}">{{minute}}</time>{{/.resolved}}{{#.warning}}, warning {{.}}{{/.warning}}</p></div></li>
  {{/exceptions}}
  </ol>
  {{/empty(exceptions)}}
  {{/run}}
  {{^run}}
  <p class="lead">Number, step, time, what happened, what was done about it</p>
  <p class="blank"></p><p class="blank"></p><p class="blank"></p>
  {{/run}}
  </section>
  {{#run}}
  <section class="keep" aria-labelledby="reminders">
  <h2 id="reminders">Look again</h2>
  {{^reminders}}
  <p>no reminders</p>
  {{/reminders}}
  {{^empty(reminders)}}
  <ul class="plain" role="list">
  {{#reminders}}
  <li><time datetime="{{day}}">{{day}}</time><span>{{#text}}\(htmlText){{/text}}</span></li>
  {{/reminders}}
  </ul>
  {{/empty(reminders)}}
  </section>
  {{#.timesResumed}}
  <section aria-labelledby="resumptions">
  <h2 id="resumptions">Resumed {{.}}</h2>
  <ol class="numbered">
  {{#resumptions}}
  <li>\(htmlResumed)</li>
  {{/resumptions}}
  </ol>
  </section>
  {{/.timesResumed}}
  <section class="keep" aria-labelledby="digest">
  <h2 id="digest">Final digest</h2>
  <code class="digest">{{digest}}</code>
  <p class="check">It covers the {{lines}} lines of this run's journal. <code>keyusher audit {{id}}</code> checks them. That whole lines were cut from the end can only be seen by comparing with a digest kept elsewhere, such as on this page.</p>
  {{#redactions}}
  <p class="check">Line {{line}} was blanked on <time datetime="{{time.exact}}">{{time.minute}}</time>: {{reason}}</p>
  {{/redactions}}
  </section>
  \(htmlLegend)
  {{/run}}
  <section class="keep" aria-labelledby="signatures">
  <h2 id="signatures">Signatures</h2>
  <div class="sign">
  <div><h3>Performer</h3><p class="blank">Name</p><p class="blank">Date</p><p class="blank">Signature</p></div>
  <div><h3>Witness</h3><p class="blank">Name</p><p class="blank">Date</p><p class="blank">Signature</p></div>
  </div>
  </section>
  </main>
  </body>
  </html>

  """

/// What is said of a step.
private let htmlEntry = """
  {{#.status}}
  <div class="entry"><p class="none">{{.}}</p></div>
  {{/.status}}
  {{#visits}}
  <div class="entry{{#isEarlier}} earlier{{/isEarlier}}">
  <p class="line">{{#isEarlier}}<span>Earlier:</span> {{/isEarlier}}<span class="mark {{standing.code}}"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="#mark-{{standing.code}}"/></svg>{{standing.text}}</span>{{#.by}} <span>{{.}}</span>{{/.by}}{{#.reason}} <span>{{.}}</span>{{/.reason}}{{#.answer}} <span class="answer">{{.}}</span>{{/.answer}}</p>
  {{#parts}}
  <p class="parts">{{title}}: {{text}}</p>
  {{/parts}}
  <p class="by">{{mouth.text}}, <time datetime="{{time.exact}}">{{time.minute}}</time></p>
  </div>
  {{/visits}}
  {{#notes}}
  <div class="note"><p>Note: {{text}}</p><p class="by">{{mouth.text}}, <time datetime="{{time.exact}}">{{time.minute}}</time></p></div>
  {{/notes}}
  """

/// A text of the flow: an address is a link, a filled hole has a look of its own.
private let htmlText = """
  {{#pieces}}{{#.link}}<a href="{{.}}" rel="noreferrer">{{.}}</a>{{/.link}}{{^.link}}{{#.filled}}<span class="filled">{{.}}</span>{{/.filled}}{{^.filled}}{{text}}{{/.filled}}{{/.link}}{{/pieces}}
  """

private let htmlResumed = """
  <time datetime="{{time.exact}}">{{time.minute}}</time> by {{user}}@{{host}}, Keyusher {{tool}}{{#.noticed}}; {{.}}{{/.noticed}}
  """
