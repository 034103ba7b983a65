import Ceremony

/// What was found out about one thing that `doctor` looks at.
struct Diagnosis: Equatable {
  enum Standing: String, CaseIterable {
    case inOrder = "in order"
    case wrong
    /// It can't be found out from here.
    case notKnowable = "not knowable"
    /// It is not there and need not be.
    case notInUse = "not in use"
  }

  var standing: Standing
  var what: String
  var hint: String?

  static func inOrder(_ what: String) -> Diagnosis { Diagnosis(standing: .inOrder, what: what) }
  static func wrong(_ what: String, hint: String?) -> Diagnosis {
    Diagnosis(standing: .wrong, what: what, hint: hint)
  }
  static func notKnowable(_ what: String, hint: String? = nil) -> Diagnosis {
    Diagnosis(standing: .notKnowable, what: what, hint: hint)
  }
  static func notInUse(_ what: String, hint: String? = nil) -> Diagnosis {
    Diagnosis(standing: .notInUse, what: what, hint: hint)
  }

  var sentences: [Sentence] {
    [Sentence(role, "\(standing.rawValue): \(what)")] + (hint.map { [Sentence(.hint, "hint: \($0)")] } ?? [])
  }

  private var role: Sentence.Role {
    switch standing {
    case .inOrder: .standing
    case .wrong: .problem
    case .notKnowable: .warning
    case .notInUse: .body
    }
  }
}

extension [Diagnosis] {
  /// `7 in order, 1 wrong, 2 not knowable`.
  var summary: String {
    Diagnosis.Standing.allCases.compactMap { standing in
      let count = count { $0.standing == standing }
      return count == 0 && standing != .wrong ? nil : "\(count) \(standing.rawValue)"
    }.joined(separator: ", ")
  }
}
