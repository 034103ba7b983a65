import FlowCore

// What is said of no answer, since it would say nothing new.
extension Step {
  /// Whether nothing is said of an answer: it was only Enter, or says what was just typed or that a script says nothing, or a
  /// check found nothing amiss.
  func isSilent(_ given: Given) -> Bool {
    if given.standing == .scripted, given.answer.map(isUnsaid) == true { return true }
    return switch body {
    case .tell: claims.isEmpty && !given.isSkipped
    case .review: true
    case .text: given.standing == .answered
    case .choose, .select: given.source == .enter && given.standing == .answered
    // What the question after it tells is not told twice.
    case .check(.allNamed), .check(.noCopies): !given.isNotKnowable
    // What the exchange said was shown when it said it.
    case .check(let check): given.isReported || given.isFine && !check.acts
    case .store: given.answer == .choice(CredentialReference.offline)
    default: false
    }
  }
}

extension Given {
  /// Whether the tool looked and found nothing amiss.
  var isFine: Bool { if case .verified(.yes, _) = standing { true } else { false } }

  /// Whether the exchange was asked, whose words were shown when they came, or nobody wanted it to be.
  var isReported: Bool { if case .reported = standing { true } else { false } }

  /// Whether the exchange told nothing, or was not asked: there is nothing to look at again.
  var isUntold: Bool { if case .reported(.notKnowable, _) = standing { true } else { false } }

  var isNotKnowable: Bool { if case .verified(.notKnowable, _) = standing { true } else { false } }
}
