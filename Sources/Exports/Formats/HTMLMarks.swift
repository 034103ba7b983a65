/// The shapes of the standings, drawn once and used by name: each differs without its colour.
let htmlMarks = """
  <svg width="0" height="0" style="position:absolute" aria-hidden="true">
  <symbol id="mark-answered" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/><circle cx="8" cy="8" r="2" fill="currentColor"/></symbol>
  <symbol id="mark-claimed" viewBox="0 0 16 16"><circle cx="8" cy="5" r="3"/><path d="M2 14.5c.6-3.6 2.8-5 6-5s5.4 1.4 6 5"/></symbol>
  <symbol id="mark-scripted" viewBox="0 0 16 16"><path d="M3 4l4 4-4 4M8.500 12.500h5"/></symbol>
  <symbol id="mark-verified" viewBox="0 0 16 16"><path d="M2 8.500l4 4.500 8-10"/></symbol>
  <symbol id="mark-not-verified" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13"/></symbol>
  <symbol id="mark-not-knowable" viewBox="0 0 16 16"><path d="M4.500 5.500c0-4 7-4 7 0 0 2.500-3.500 2.500-3.500 5M8 14v.01"/></symbol>
  <symbol id="mark-skipped" viewBox="0 0 16 16"><path d="M2 11C3 3 13 3 14 11M14 11l-3.500-1.500M14 11l1-3.800"/></symbol>
  </svg>
  """

/// What the standings mean, for a reader who sees the form for the first time.
let htmlLegend = """
  <section class="keep" aria-labelledby="legend">
  <h2 id="legend">How to read it</h2>
  <dl class="legend">
  """
  + meanings.map { code, text, meaning in
    """

    <div><dt><span class="mark \(code)"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="#mark-\(code)"/></svg>\(text)</span></dt><dd>\(meaning)</dd></div>
    """
  }.joined() + """

    <div><dt><span class="filled">[in brackets]</span></dt><dd>\(meaningOfBrackets)</dd></div>
    </dl>
    </section>
    """
