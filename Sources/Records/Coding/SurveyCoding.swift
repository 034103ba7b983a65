import FlowCore

// What was found at a store step, as a list of ids and texts by id.
extension Fields {
  mutating func set(_ survey: StoreSurvey) {
    set("stores", survey.offers.map(\.id))
    set("titles", texts(of: survey) { $0.title })
    for (key, text) in [("notes", \StoreOffer.note), ("obstacles", \.obstacle), ("plaintext", \.plaintext)] {
      let texts = texts(of: survey) { $0[keyPath: text] }
      if !texts.isEmpty { set(key, texts) }
    }
    set("standard", survey.standard)
  }

  var survey: StoreSurvey {
    get throws(Fault) {
      let titles = try mapIfPresent("titles")
      let notes = try mapIfPresent("notes")
      let obstacles = try mapIfPresent("obstacles")
      let plaintext = try mapIfPresent("plaintext")
      return StoreSurvey(
        offers: try texts("stores").map { id in
          StoreOffer(
            id: id, title: titles[id] ?? id, note: notes[id], obstacle: obstacles[id], plaintext: plaintext[id])
        }, standard: try textIfPresent("standard"))
    }
  }

  // MARK: - Private

  private func texts(of survey: StoreSurvey, _ text: (StoreOffer) -> String?) -> [String: String] {
    survey.offers.reduce(into: [:]) { texts, offer in texts[offer.id] = text(offer) }
  }
}
