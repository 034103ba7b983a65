/// Who can open what the store `age` keeps, besides its owner.
enum AgeRecipients {
  /// Its name among the settings; what it is stands in the store's own file alone.
  static let key = "age.recipients"
  static let meaning = "who can open what the store 'age' keeps, besides you (age1..., with spaces between)"
}
